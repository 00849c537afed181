// An add-on as its authors wrote them in 2016, with atlassian-connect-express-hipchat: a webhook, a
// glance, a panel. Its packages lie in HIPCHAT_NODE_PACKAGES; PORT is where it listens.

const { createRequire } = require('node:module');
const path = require('node:path');

process.chdir(__dirname);
process.env.PWD = __dirname;

const load = createRequire(path.join(process.env.HIPCHAT_NODE_PACKAGES, 'package.json'));
const express = load('express');
const bodyParser = load('body-parser');
const request = load('request');
const ac = load('atlassian-connect-express');
const hipchat = load('atlassian-connect-express-hipchat');

const app = express();
const addon = ac(app);
hipchat(addon, app);
const base = addon.config.localBaseUrl();

app.set('port', addon.config.port());
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.use(addon.middleware());

addon.on('uninstalled', (id) => addon.settings.del(id));

app.post('/bell', addon.authenticate(), (req, res) => {
  const { clientInfo, identity } = req;
  addon.getAccessToken(clientInfo).then(({ access_token: token }) => {
    const { api } = clientInfo.capabilitiesDoc.links;
    request.post({
      url: `${api}/room/${identity.roomId}/notification`,
      auth: { bearer: token },
      json: { message: `ding, ${req.body.item.message.from.name}`, message_format: 'text', color: 'green' },
    }, () => res.sendStatus(204));
  });
});

app.get('/glance', addon.authenticate(), (req, res) => {
  res.set('Access-Control-Allow-Origin', '*');
  res.json({ label: { type: 'html', value: '<b>3</b> bells' }, status: { type: 'lozenge', value: { label: 'OK', type: 'success' } } });
});

app.get('/board', addon.authenticate(), (req, res) => {
  res.send(`<!doctype html><title>Board</title><p>user ${req.identity.userId} of ${req.identity.groupId}</p>`);
});

app.listen(addon.config.port(), () => console.log(`Listening: ${base}`));
