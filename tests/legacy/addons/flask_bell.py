# An add-on as its authors wrote them in 2016, with AC-Flask-HipChat: a webhook, a glance, a panel, a
# configuration page. It keeps its installations in MongoDB and its tokens in Redis; PORT is where it
# listens.

import os

from ac_flask.hipchat import Addon, room_client, sender, tenant
from ac_flask.hipchat.glance import Glance
from flask import Flask

app = Flask(__name__)
addon = Addon(app,
              key="test.flask",
              name="Flask Bell",
              description="Answers /bell",
              vendor_name="Test",
              vendor_url="https://example.test",
              allow_room=True,
              allow_global=False,
              scopes=['send_notification', 'view_room'])


@addon.webhook(event="room_message", pattern="^/bell")
def bell():
    room_client.send_notification('ding, %s' % sender.name)
    return '', 204


@addon.glance(key='bell', name='Bell', target='board', icon='/static/bell.png')
def glance():
    return Glance().with_label('<b>3</b> bells').with_lozenge('OK', 'success').data


@addon.webpanel(key='board', name='Board')
def board():
    return '<!doctype html><title>Board</title><p>user %s of %s' % (sender.id, tenant.group_id)


@addon.configure_page()
def configure():
    return '<!doctype html><title>Bell</title><p>set up by user %s' % sender.id


if __name__ == '__main__':
    addon.run(host='127.0.0.1', port=int(os.environ['PORT']))
