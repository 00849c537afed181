# What scripts of 2016 did with hypchat, at the host and with the token that they are given. It prints what
# it saw as JSON.

import datetime
import json
import os

from hypchat import HypChat
from hypchat.requests import HttpForbidden, HttpNotFound, HttpUnauthorized

HOST = os.environ['HIPCHAT_ENDPOINT']
TOKEN = os.environ['HIPCHAT_TOKEN']
SEEN = {}


def refused(call, error):
    try:
        call()
    except error as no:
        return json.loads(str(no))['error']['message']
    return None


def rooms(hc):
    lobby = hc.get_room('Lobby')
    SEEN['class'] = type(lobby).__name__
    SEEN['created'] = isinstance(lobby['created'], datetime.datetime)
    room = hc.create_room('Ops')
    SEEN['rooms'] = sorted(each['name'] for each in hc.rooms().contents())
    ops = hc.get_room(room['id'])
    ops['topic'] = 'deploying'
    ops['name'] = 'Operations'
    ops.save()
    SEEN['saved'] = [hc.get_room('Operations')[name] for name in ('name', 'topic')]
    SEEN['deleted'] = hc.get_room('Operations').delete()
    SEEN['gone'] = refused(lambda: hc.get_room('Operations'), HttpNotFound)


def messages(hc):
    lobby = hc.get_room('Deck')
    lobby.message('good morning')
    lobby.notification('<b>up</b>', color='green', notify=True)
    lobby.topic('all is well')
    lobby.reply('you too', next(each['id'] for each in lobby.latest()['items'] if each['type'] == 'message'))
    history = lobby.history()
    SEEN['history'] = [each['message'] for each in history.contents() if each['type'] in ('message', 'notification')]
    SEEN['dates'] = all(isinstance(each['date'], datetime.datetime) for each in history['items'])
    SEEN['latest'] = len(lobby.latest(maxResults=2)['items'])
    SEEN['expanded'] = hc.get_room('Deck', expand='owner')['owner']['mention_name']


def people(hc):
    ada = hc.get_user('@Ada')
    SEEN['person'] = [type(ada).__name__, ada['name']]
    SEEN['people'] = [each['name'] for each in hc.users().contents()]
    SEEN['participants'] = [each['name'] for each in hc.get_room('Deck').participants()['items']]
    hc.get_room('Deck').invite(ada, 'come in')


def others(hc):
    SEEN['host'] = hc.capabilities()['name']
    SEEN['emoticons'] = type(hc.emoticons()).__name__
    SEEN['no token'] = refused(lambda: HypChat('wrong', HOST).get_room('Lobby'), HttpUnauthorized)
    SEEN['no right'] = refused(lambda: HypChat(os.environ['HIPCHAT_SMALL_TOKEN'], HOST).get_room('Lobby'), HttpForbidden)


if __name__ == '__main__':
    client = HypChat(TOKEN, HOST)
    client.create_room('Deck')
    for part in (rooms, messages, people, others):
        part(client)
    print(json.dumps(SEEN))
