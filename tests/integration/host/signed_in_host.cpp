#include "signed_in_host.hpp"

namespace hipchat::host::testing {
namespace {

std::string text(const json::object& body) {
    return json::serialize(body);
}

}  // namespace

signed_in_host::signed_in_host() {
    const plain_answer made = host_.send("POST", "/api/setup",
                                         text({{"group", "Engines"},
                                               {"name", "Ada"},
                                               {"email", "ada@example.com"},
                                               {"password", password},
                                               {"room", "Lobby"}}));
    EXPECT_EQ(made.status, 201) << made.body;
    ada_ = cookie_of(made);
}

plain_answer signed_in_host::ask(const std::string& cookie, const std::string& method,
                                 const std::string& target, const std::string& body) const {
    running_host::headers more;
    if (!cookie.empty()) more["Cookie"] = "other=1; " + cookie;
    return host_.send(method, target, body, more);
}

plain_answer signed_in_host::try_sign_in(const std::string& name, const std::string& with) const {
    return host_.send("POST", "/api/session", text({{"name", name}, {"password", with}}));
}

std::string signed_in_host::sign_in(const std::string& name, const std::string& with) const {
    const plain_answer answer = try_sign_in(name, with);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return cookie_of(answer);
}

std::string signed_in_host::invite(const std::string& name, const std::string& role) const {
    const plain_answer invited =
        ask(ada_, "POST", "/api/people",
            text({{"name", name}, {"email", name + "@example.com"}, {"role", role}}));
    EXPECT_EQ(invited.status, 201) << invited.body;
    const std::string link(body_of(invited).at("link").as_string());
    return link.substr(link.find('#') + 1);
}

std::string signed_in_host::join(const std::string& name, const std::string& role) const {
    const plain_answer joined = host_.send(
        "POST", "/api/join", text({{"code", invite(name, role)}, {"password", password}}));
    EXPECT_EQ(joined.status, 201) << joined.body;
    return cookie_of(joined);
}

std::string signed_in_host::id_of(const std::string& mention) const {
    const json::value people = body_of(get(ada_, "/api/people"));
    for (const json::value& each : people.at("people").as_array())
        if (each.at("mention_name").as_string() == mention)
            return std::to_string(each.at("id").to_number<std::int64_t>());
    ADD_FAILURE() << "there is no " << mention;
    return {};
}

std::string signed_in_host::rooms_seen_by(const std::string& cookie) const {
    std::string names;
    const json::value rooms = body_of(get(cookie, "/api/rooms"));
    for (const json::value& each : rooms.at("rooms").as_array())
        names.append(each.at("name").as_string()).append(";");
    return names;
}

std::string signed_in_host::open_to_guests() const {
    const plain_answer opened = ask(ada_, "PUT", "/api/rooms/Lobby/access", R"({"guests":true})");
    const std::string link(body_of(opened).at("guest_link").as_string());
    return link.substr(link.rfind('/') + 1);
}

std::string signed_in_host::cookie_of(const plain_answer& answer) {
    const std::string set = answer.header("Set-Cookie");
    return set.substr(0, set.find(';'));
}

}  // namespace hipchat::host::testing
