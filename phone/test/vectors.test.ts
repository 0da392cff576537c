/** The core makes, reads and refuses what vectors/ says; Node and the browser run the same checks. */
import { check, checks } from "./checks.js";

async function all(): Promise<void> {
  let failed = 0;
  for (const [name, run] of checks()) {
    try {
      await run();
    } catch (error) {
      failed++;
      console.error(`${name}: ${String(error)}`);
    }
  }
  console.log(`${check.count} checks, ${failed} groups failed`);
  if (failed) throw new Error("The core does not agree with the vectors.");
}

void all();
