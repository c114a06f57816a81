// Google's client for Node with its default settings, against the server that PUBSUB_EMULATOR_HOST names.
// Prints "ok NAME" for each step; the first that fails ends it with a stack trace and status 1.
import assert from 'node:assert/strict';
import {PubSub} from '@google-cloud/pubsub';

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const INVALID_ARGUMENT = 3;
const pubsub = new PubSub({projectId: 'farandole'});

async function step(name, action) {
  await action();
  console.log(`ok ${name}`);
}

/** Collects messages until there are enough, then closes the subscription. */
function receive(subscription, enough, take = message => message.ack()) {
  return new Promise((resolve, reject) => {
    const received = [];
    const timer = setTimeout(() => reject(new Error(`${received.length} of ${enough} messages came`)), 15_000);
    subscription.on('error', reject);
    subscription.on('message', message => {
      received.push(message);
      take(message, received);
      if (received.length === enough) {
        clearTimeout(timer);
        subscription.close().then(() => resolve(received), reject);
      }
    });
  });
}

function refused(code, call) {
  return assert.rejects(call, error => {
    assert.equal(error.code, code, error.message);
    return true;
  });
}

await step('administration', async () => {
  const [topic] = await pubsub.createTopic({name: 'news', labels: {team: 'a'}});
  await refused(ALREADY_EXISTS, () => pubsub.createTopic('news'));
  const [metadata] = await topic.getMetadata();
  assert.equal(metadata.name, 'projects/farandole/topics/news');
  assert.deepEqual({...metadata.labels}, {team: 'a'});
  const [changed] = await topic.setMetadata({labels: {team: 'b'}});
  assert.deepEqual({...changed.labels}, {team: 'b'});
  await topic.createSubscription('first', {ackDeadlineSeconds: 60});
  const [subscription] = await pubsub.subscription('first').getMetadata();
  assert.equal(subscription.ackDeadlineSeconds, 60);
  assert.deepEqual((await pubsub.getTopics())[0].map(one => one.name), ['projects/farandole/topics/news']);
  assert.deepEqual((await topic.getSubscriptions())[0].map(one => one.name), ['projects/farandole/subscriptions/first']);
  assert.deepEqual(await pubsub.topic('nowhere').exists(), [false]);
  await refused(NOT_FOUND, () => pubsub.topic('nowhere').publishMessage({data: Buffer.from('m')}));
  await refused(INVALID_ARGUMENT, () => pubsub.createTopic('a'));
});

await step('publish and receive', async () => {
  const topic = pubsub.topic('news');
  const ids = await Promise.all(
    Array.from({length: 1_000}, (_, i) => topic.publishMessage({data: Buffer.from(`m${i}`), attributes: {n: `${i}`}})));
  assert.equal(new Set(ids).size, 1_000);
  const received = await receive(pubsub.subscription('first'), 1_000);
  assert.deepEqual(new Set(received.map(one => one.id)), new Set(ids));
  assert.ok(received.every(one => one.data.toString() === `m${one.attributes.n}`));
  assert.ok(received.every(one => Math.abs(one.publishTime.getTime() - Date.now()) < 60_000));
});

await step('one subscriber after another', async () => {
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 100; i++) {
      pubsub.topic('news').publishMessage({data: Buffer.from(`r${round}-${i}`)});
    }
    await receive(pubsub.subscription('first'), 100);
  }
});

await step('a message that is not taken comes again', async () => {
  await pubsub.topic('news').publishMessage({data: Buffer.from('again')});
  const received = await receive(pubsub.subscription('first'), 2, (message, all) =>
    all.length === 1 ? message.nack() : message.ack());
  assert.equal(received[0].id, received[1].id);
});

await step('ordering keys', async () => {
  await pubsub.topic('news').createSubscription('ordered', {enableMessageOrdering: true});
  const topic = pubsub.topic('news', {messageOrdering: true});
  for (let i = 0; i < 100; i++) {
    for (const orderingKey of ['a', 'b', 'c']) {
      topic.publishMessage({data: Buffer.from(`${i}`), orderingKey});
    }
  }
  const received = await receive(pubsub.subscription('ordered'), 300);
  for (const key of ['a', 'b', 'c']) {
    assert.deepEqual(
      received.filter(one => one.orderingKey === key).map(one => Number(one.data.toString())),
      Array.from({length: 100}, (_, i) => i));
  }
});

await step('flow control', async () => {
  const topic = pubsub.topic('news');
  await topic.createSubscription('slow');
  for (let i = 0; i < 50; i++) {
    topic.publishMessage({data: Buffer.from('m')});
  }
  let open = 0;
  let most = 0;
  await receive(pubsub.subscription('slow', {flowControl: {maxMessages: 5, allowExcessMessages: false}}), 50, message => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      open--;
      message.ack();
    });
  });
  assert.ok(most <= 5, `${most} messages were open`);
});

await step('deletion', async () => {
  await pubsub.topic('news').delete();
  const [orphan] = await pubsub.subscription('first').getMetadata();
  assert.equal(orphan.topic, '_deleted-topic_');
  await pubsub.subscription('first').delete();
  await refused(NOT_FOUND, () => pubsub.subscription('first').getMetadata());
});

await pubsub.close();
