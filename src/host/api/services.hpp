#pragma once

#include "base/clock.hpp"
#include "base/log.hpp"
#include "host/api/meter.hpp"
#include "host/connect/installer.hpp"
#include "host/connect/self_address.hpp"
#include "host/core/accounts.hpp"
#include "host/core/clients.hpp"
#include "host/core/commands.hpp"
#include "host/core/feed.hpp"
#include "host/core/files.hpp"
#include "host/core/glance_board.hpp"
#include "host/core/invitations.hpp"
#include "host/core/people.hpp"
#include "host/core/presence.hpp"
#include "host/core/read_marks.hpp"
#include "host/core/rooms.hpp"
#include "host/core/sessions.hpp"
#include "host/core/sign_in_limits.hpp"
#include "host/core/tokens.hpp"
#include "host/inspector/traffic.hpp"

namespace hipchat::host {

/// What handlers work with. Outlives every request.
struct services {
    logger& log;
    const clock& time;
    const self_address& self;
    rooms& places;
    people& persons;
    const presence& here;
    attendance& sockets;
    clients& installed;
    tokens& issued;
    personal_tokens& made;
    accounts& signing_in;
    sessions& open;
    invitations& invited;
    sign_in_limits& attempts;
    std::optional<secret>& setup_code;  ///< what the first owner must show; empty: nothing
    bool is_single_user;                ///< as long as there are no accounts
    read_marks& marks;
    meter& limits;
    database& store;
    commands& act;
    files& kept;
    feed& news;
    glance_board& glances;
    installer& installs;
    traffic& record;
};

}  // namespace hipchat::host
