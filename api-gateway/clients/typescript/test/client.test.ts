// Against a gateway that runs at FARANDOLE_API, with a user `20` who has a list.
import assert from "node:assert/strict";
import { test } from "node:test";
import { farandole, type Schemas } from "../src/index.js";

const baseUrl = process.env["FARANDOLE_API"];
assert.ok(baseUrl, "FARANDOLE_API says where the gateway is");
const client = farandole({ baseUrl });

test("a user's list", async () => {
  const { data, response } = await client.GET("/v1/users/{id}/recommendations", {
    params: { path: { id: "20" }, query: { limit: 2 } },
  });
  assert.equal(response.status, 200);
  assert.ok(data);
  const items: string[] = data.recommendations?.map((entry) => entry.item ?? "") ?? [];
  assert.equal(items.length, 2);
  assert.equal(data.params?.callId, response.headers.get("Call-Id"));
});

test("what everyone likes, by names that have types", async () => {
  const { data, response } = await client.GET("/v1/popular", {
    params: { query: { window: "28d", user: "20", priceMaxCents: 800, categories: ["CINEMA"] } },
  });
  assert.equal(response.status, 200);
  assert.deepEqual(
    data?.offers?.map((offer) => offer.item),
    ["film"],
  );
});

test("a list of an old client", async () => {
  const { error, response } = await client.GET("/recommendation/{user}", {
    params: { path: { user: "20" }, query: { nbRecoDisplay: 5, mixingFeatures: "category" } },
  });
  // There is no token here: its door says so as it always did.
  assert.equal(response.status, 403);
  assert.ok(error);
});

test("what is refused says why", async () => {
  const { data, error, response } = await client.GET("/v1/users/{id}/recommendations", {
    params: { path: { id: "20" }, query: { limit: 1000 } },
  });
  assert.equal(response.status, 400);
  assert.equal(data, undefined);
  const problem = error as Schemas["Problem"];
  assert.equal(problem.code, "invalid-parameter");
});

test("an event", async () => {
  const { data, response } = await client.POST("/v1/events", {
    params: { header: { "Idempotency-Key": "typescript-client-test" } },
    headers: { "Content-Type": "application/cloudevents+json" },
    body: {
      specversion: "1.0",
      source: "typescript",
      type: "io.farandole.interactions.rated.v1",
      data: { user: "20", offer: "cine-tonight", value: 4 },
    },
  });
  assert.equal(response.status, 202);
  assert.equal(data?.accepted, 1);
});
