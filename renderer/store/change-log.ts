/**
 * Which slots changed, in order. What is derived from the slots remembers how far it has read and
 * catches up when it is asked for the next time.
 */
export class ChangeLog {
  private slots: number[] = [];
  private forgotten = 0;

  /** How many changes there were. */
  get position(): number {
    return this.forgotten + this.slots.length;
  }

  /** @param limit of changes to keep: who is further behind reads all slots again */
  add(slot: number, limit: number): void {
    if (this.slots.length >= limit) {
      this.forgotten += this.slots.length;
      this.slots = [];
    }
    this.slots.push(slot);
  }

  /** The slots that changed since a position, some perhaps twice; undefined if they were forgotten. */
  since(position: number): number[] | undefined {
    return position < this.forgotten ? undefined : this.slots.slice(position - this.forgotten);
  }
}
