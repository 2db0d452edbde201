// @ts-check
// npm start: sets up what is missing, runs the team server and the app, and ends them together.

import path from 'node:path';
import { openApp } from './app-window.mjs';
import { dataFolder, root, setUpBuild, setUpDependencies, setUpDesktop } from './setup.mjs';
import { parseStartOptions, withDataFolder } from './start-options.mjs';
import { note, runScript, step } from './steps.mjs';
import { Stopped, stopSignal } from './stop-signals.mjs';
import { startTeamServer } from './team-server.mjs';

/**
 * @typedef {import('./setup.mjs').Desktop} Desktop
 * @typedef {import('./start-options.mjs').StartOptions} StartOptions
 * @typedef {import('./team-server.mjs').TeamServer} TeamServer
 */

await runScript(async () => {
  const options = parseStartOptions(process.argv.slice(2));
  await setUpDependencies();
  const desktop = await setUpDesktop({ alwaysVirtual: false });
  try {
    await setUpBuild();
    return options.demo ? await demo(desktop, options) : await runUntilStopped(desktop, options);
  } finally {
    await desktop.close();
  }
});

/** @param {Desktop} desktop @param {StartOptions} options @returns {Promise<number>} */
async function demo({ electronDir, appArgs, env }, options) {
  const { runDemo } = await import('./demo.mjs');
  return runDemo({ root, electronDir, appArgs: [...appArgs, ...options.appArgs], env });
}

/** @param {Desktop} desktop @param {StartOptions} options */
async function runUntilStopped(desktop, options) {
  try {
    return await run(desktop, options, stopSignal());
  } catch (error) {
    if (error instanceof Stopped) return error.code;
    throw error;
  }
}

/**
 * @param {Desktop} desktop
 * @param {StartOptions} options
 * @param {AbortSignal} signal
 */
async function run(desktop, options, signal) {
  const server = await step(
    'Team server',
    () => serve(options.port, signal),
    ({ address }) => address,
  );
  try {
    return await runApp(desktop, options, server, signal);
  } finally {
    await server.stop();
  }
}

/** @param {number} port @param {AbortSignal} signal */
function serve(port, signal) {
  return startTeamServer({
    script: path.join(root, 'dist', 'server', 'server.mjs'),
    port,
    folder: path.join(dataFolder, 'server'),
    logFile: path.join(dataFolder, 'server.log'),
    signal,
  });
}

/**
 * @param {Desktop} desktop
 * @param {StartOptions} options
 * @param {TeamServer} server
 * @param {AbortSignal} signal
 */
async function runApp({ binary, appArgs, env }, options, server, signal) {
  const own = withDataFolder(options.appArgs, path.join(dataFolder, 'laptop'));
  const args = [...appArgs, root, `--server-hint=${server.address}`, ...own];
  const app = openApp({ binary, args, env, signal });
  signal.addEventListener('abort', () => void app.stop());
  let isEnding = false;
  server.onEnd((code) => {
    if (!isEnding) note(`The team server ended (code ${code}); the app goes on without it.`);
  });
  try {
    await step('App', () => app.shown);
    process.stdout.write(`ready: window open, team server at ${server.address}\n`);
    return await app.ended();
  } finally {
    isEnding = true;
    await app.stop();
  }
}
