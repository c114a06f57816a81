// The API of Farandole: paths, parameters and answers are typed by schema.ts, which is made from openapi.json.
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type Schemas = components["schemas"];

/** Where the API is, and what lets in: a key that `farandole keys create` made, or an OpenID Connect token. */
export interface Access {
  baseUrl: string;
  key?: string;
}

/** Answers have `data`, or `error`: the problem, by RFC 9457, of whatever was no success. */
export function farandole({ baseUrl, key }: Access): Client<paths> {
  return createClient<paths>({
    baseUrl,
    headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
  });
}
