// What alerting scripts did with hipchat-notifier, at the host and with the token that they are given. It
// prints [name, status or error] of each call as JSON.

'use strict';

const notifier = require(process.env.NOTIFIER_PACKAGE);

const { NOTIFIER_HOST: host, NOTIFIER_TOKEN: token } = process.env;
const seen = [];

const call = (client, name, what) => new Promise((resolve) => {
  client[name](what, (error, answer) => {
    seen.push([name, error ? error.message : answer.statusCode]);
    resolve();
  });
});

async function main() {
  const client = notifier.make('Lobby', token, 'CI', host);
  for (const [name, text] of [['notice', 'queued'], ['info', 'started'], ['success', 'passed'], ['warning', '<b>slow</b>'], ['failure', 'failed']]) {
    await call(client, name, text);
  }
  client.setNotify(true);
  client.setFrom('Nightly');
  await call(client, 'send', { message: 'own', color: 'purple' });
  client.setToken('wrong');
  await call(client, 'notice', 'nobody hears this');
  process.stdout.write(JSON.stringify(seen));
}

main();
