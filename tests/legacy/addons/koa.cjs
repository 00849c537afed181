// An add-on as its authors wrote them in 2015, with ac-koa-hipchat: a webhook, a glance, a panel. Its
// packages lie in HIPCHAT_NODE_PACKAGES; PORT is where it listens; it keeps its installations in the Redis
// at REDIS_URL, or in memory if that is not set.

const { createRequire } = require('node:module');
const path = require('node:path');

const load = createRequire(path.join(process.env.HIPCHAT_NODE_PACKAGES, 'package.json'));
const ack = load('ac-koa').require('hipchat', load('ac-koa-hipchat'));

const base = `http://localhost:${process.env.PORT}`;
const app = ack({
  development: { port: Number(process.env.PORT), localBaseUrl: base, redisEnv: 'REDIS_URL' },
}, { store: process.env.REDIS_URL ? 'RedisStore' : 'MemoryStore' });

const addon = app.addon()
  .hipchat()
  .key('test.koa')
  .name('Koa Bell')
  .description('Answers /bell')
  .vendorName('Test')
  .vendorUrl('https://example.test')
  .allowRoom(true)
  .allowGlobal(false)
  .scopes('send_notification', 'view_room')
  .glance('bell', 'Bell', '/icon.png', 'board', '/glance')
  .webPanel('board', 'Board', 'hipchat.sidebar.right', '/board');

addon.webhook('room_message', /^\/bell(?:\s|$)/i, function* bell() {
  yield this.roomClient.sendNotification(`ding, ${this.sender.name}`, { format: 'text', color: 'green' });
});

addon.get('/glance', addon.authenticate(), function* glance() {
  this.set('Access-Control-Allow-Origin', '*');
  this.body = { label: { type: 'html', value: '<b>3</b> bells' }, status: { type: 'lozenge', value: { label: 'OK', type: 'success' } } };
});

addon.get('/board', addon.authenticate(), function* board() {
  this.set('X-Frame-Options', '');
  this.type = 'html';
  this.body = `<!doctype html><title>Board</title><p id="who">user ${this.authentication.userId} of ${this.authentication.issuer.group}</p>`;
});

app.listen(() => console.log(`Listening: ${base}`));
