/** `npm run rehearse`: plays the simulated mirror for people and for machines. */

import { pictureOf, run } from "../core/simulator/run.ts";
import { stories } from "../core/simulator/stories.ts";
import { play } from "../core/simulator/story.ts";
import { help, readWish, type Wish } from "./options.ts";
import { Progress } from "./progress.ts";
import * as report from "./report.ts";
import { playSeeds } from "./seeds.ts";

/** Exit code for a command line that is not understood. */
const misused = 2;

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function fulfil(wish: Wish): Promise<number> {
  switch (wish.do) {
    case "help":
      print([help]);
      return 0;
    case "list":
      print(report.listed(stories));
      return 0;
    case "seeds":
      return seeds(wish);
    case "seed":
      return oneSeed(wish);
    case "story":
      return story(wish);
    case "refuse":
      process.stderr.write(`${wish.why}\n\n${help}\n`);
      return misused;
  }
}

async function seeds(wish: Extract<Wish, { do: "seeds" }>): Promise<number> {
  const progress = new Progress("Playing");
  const tally = await playSeeds({
    ...wish,
    onProgress: (current) => progress.show(report.progressLine(wish.seeds, current)),
  });
  progress.end();
  const { lines, exitCode } = report.closing(wish, tally);
  print(lines);
  return exitCode;
}

function oneSeed(wish: Extract<Wish, { do: "seed" }>): number {
  const before = process.cpuUsage();
  const result = run(wish);
  const { user, system } = process.cpuUsage(before);
  const speed = report.eventsPerSecond({ events: result.events, cpuMs: (user + system) / 1000 });
  print(report.explained(pictureOf(result)));
  const isWell = result.faults.length === 0;
  const verdict = isWell ? "everything held" : result.faults.join("; ");
  print([
    "",
    `seed ${wish.seed}: ${verdict}. ${result.events} events, ${result.acknowledged} acknowledged ` +
      `writes, ${speed} events per second (a first run is slow).`,
  ]);
  return isWell ? 0 : 1;
}

function story({ story: name, seed }: Extract<Wish, { do: "story" }>): number {
  const found = stories.find((one) => one.name === name);
  if (found === undefined) return misused;
  const { fault, picture } = play(found, seed);
  print([`${found.row}  [${found.source}]`, "", ...report.wrapped(found.told), ""]);
  print(report.explained(picture));
  print(["", fault === undefined ? "The mirror did what the row says." : `It did not: ${fault}`]);
  return fault === undefined ? 0 : 1;
}

const names = stories.map(({ name }) => name);
process.exitCode = await fulfil(readWish(process.argv.slice(2), names));
