#pragma once

#include <string>

#include "host/core/client_rows.hpp"
#include "host/core/values.hpp"

// Values that several tests begin with.

namespace hipchat::host::sample {

inline room lobby() {
    room value;
    value.id = 1;
    value.name = "Lobby";
    return value;
}

inline person ada() {
    return {7, "Ada Lindqvist", "AdaL"};
}

inline client greeter() {
    client value;
    value.oauth_id = "5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7";
    value.secret = secret("q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B");
    value.room_id = 1;
    value.descriptor_url = "http://127.0.0.1:5000/";
    value.descriptor.key = "test.greeter";
    value.descriptor.name = "Greeter";
    value.descriptor.scopes = {scope::send_notification, scope::view_room};
    value.state = client::status::installed;
    return value;
}

inline change made(std::string_view kind, std::int64_t seq = 10) {
    change value;
    value.seq = seq;
    value.room_id = 1;
    value.content["id"] = "1f0a6c52-83f4-4c0e-9a7b-0d5b6f1e2a90";
    value.content["at"] = "2017-03-14T09:26:53.589793+00:00";
    value.content["kind"] = kind;
    if (kind == "notification") {
        value.actor = "another client";
        value.content["from"] = "Deploy Bell";
        value.content["text"] = "<b>staging</b><script>x</script> is live";
        value.content["html"] = "<b>staging</b> is live";
        value.content["format"] = "html";
        value.content["color"] = "green";
        value.content["addon_key"] = "test.deploybell";
    } else {
        value.content["person"] = to_json(ada());
        if (kind == "message") value.content["text"] = "/deploy staging please @BoT";
        if (kind == "topic") value.content["topic"] = "Release week";
    }
    return value;
}

/// A descriptor as its add-on serves it.
inline json::object descriptor(const std::string& base) {
    return json::parse(R"({
        "key": "test.greeter", "name": "Greeter", "description": "Greets",
        "links": {"self": ")"
                       + base + R"(/descriptor"},
        "capabilities": {
            "hipchatApiConsumer": {"scopes": ["send_notification", "view_room"]},
            "installable": {"callbackUrl": ")"
                       + base + R"(/installable",
                            "allowRoom": true, "allowGlobal": false},
            "webhook": [{"event": "room_enter", "url": ")"
                       + base + R"(/event/room_enter",
                         "authentication": "jwt", "name": "enter"}]
        }})")
        .as_object();
}

}  // namespace hipchat::host::sample
