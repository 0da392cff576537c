/** Typed clients of one relayer, mailbox or witness; what each route takes and answers is in their types. */

import createClient, { type Client, type ClientOptions } from "openapi-fetch";

import type { paths as MailboxPaths } from "./mailbox.js";
import type { paths as RelayerPaths } from "./relayer.js";
import type { paths as WitnessPaths } from "./witness.js";

export type { MailboxPaths, RelayerPaths, WitnessPaths };

/** A mailbox, by its address without a slash at its end; requests are signed by the caller (docs/using.md). */
export const mailbox = (baseUrl: string, options: ClientOptions = {}): Client<MailboxPaths> =>
  createClient<MailboxPaths>({ ...options, baseUrl });

/** A relayer, by its address without a slash at its end. */
export const relayer = (baseUrl: string, options: ClientOptions = {}): Client<RelayerPaths> =>
  createClient<RelayerPaths>({ ...options, baseUrl });

/** A witness, by its address without a slash at its end. */
export const witness = (baseUrl: string, options: ClientOptions = {}): Client<WitnessPaths> =>
  createClient<WitnessPaths>({ ...options, baseUrl });
