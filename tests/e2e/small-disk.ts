/**
 * A small disk of its own, to be filled: a tmpfs in a mount namespace, which takes root or a kernel
 * that lets users have namespaces. It lives as long as the process that holds it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { electronBinary } from './launch.ts';

const isRoot = process.getuid?.() === 0;
/** Anybody else is root in a user namespace of their own. */
const USER = isRoot ? [] : ['--user', '--map-root-user'];
const CHUNK = 1 << 20;

export class SmallDisk {
  private ballasts = 0;

  private constructor(
    private readonly holder: ChildProcess,
    /** As the app sees it, in its namespace. */
    readonly folder: string,
    /** Starts the app with the disk in its place. */
    readonly electron: string,
  ) {}

  /** Whether this machine allows it. */
  static isPossible(): boolean {
    try {
      const script = 'mount -t tmpfs tmpfs /mnt';
      execFileSync('unshare', [...USER, '--mount', 'sh', '-c', script], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  /** @param folder where the disk goes; what else it needs is put beside it */
  static async mount(folder: string, megabytes: number): Promise<SmallDisk> {
    await mkdir(folder, { recursive: true });
    const script = `mount -t tmpfs -o size=${megabytes}m,mode=700 tmpfs "$0" && echo up && exec cat`;
    const holder = spawn('unshare', [...USER, '--mount', 'sh', '-c', script, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (!holder.stdout || !holder.pid) throw new Error('no namespace');
    await once(holder.stdout, 'data');
    const user = isRoot ? '' : '--user --preserve-credentials';
    const electron = `${folder}-electron`;
    const command = `exec nsenter --target ${holder.pid} --mount ${user} "${electronBinary()}" "$@"`;
    await writeFile(electron, `#!/bin/sh\n${command}\n`);
    await chmod(electron, 0o755);
    return new SmallDisk(holder, folder, electron);
  }

  /** Fills the disk but for so many bytes. */
  async fill(left: number): Promise<void> {
    const disk = this.seenFromHere();
    const file = path.join(disk, `ballast-${this.ballasts++}`);
    const { bavail, bsize } = await statfs(disk);
    const size = Math.max(0, bavail * bsize - left);
    await writeFile(file, pieces(size)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
    });
  }

  /** Takes all that away again. */
  async free(): Promise<void> {
    while (this.ballasts > 0) {
      const file = path.join(this.seenFromHere(), `ballast-${--this.ballasts}`);
      await truncate(file);
      await rm(file);
    }
  }

  /** The disk goes once the app has ended, too. */
  async unmount(): Promise<void> {
    this.holder.stdin?.end();
    if (this.holder.exitCode === null) await once(this.holder, 'exit');
  }

  private seenFromHere(): string {
    return path.join(`/proc/${this.holder.pid}/root`, this.folder);
  }
}

function* pieces(size: number): Generator<Buffer> {
  const chunk = Buffer.alloc(CHUNK, 1);
  for (let left = size; left > 0; left -= CHUNK) yield chunk.subarray(0, Math.min(left, CHUNK));
}
