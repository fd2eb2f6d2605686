/** Every documented case that the core plays, in the order in which one learns them. */

import { agentStories } from "./stories-agent.ts";
import { arbiterStories } from "./stories-arbiter.ts";
import { overrideStories } from "./stories-overrides.ts";
import { roleStories } from "./stories-roles.ts";
import { ruleStories } from "./stories-rules.ts";
import { siteStories } from "./stories-site.ts";
import { startStories } from "./stories-start.ts";
import type { Story } from "./story.ts";

/** All of them. */
export const stories: readonly Story[] = [
  ...arbiterStories,
  ...agentStories,
  ...ruleStories,
  ...siteStories,
  ...startStories,
  ...roleStories,
  ...overrideStories,
];
