#include "host/core/pictures.hpp"

#include "host/api/v2/rest.hpp"
#include "protocol/base64url.hpp"

// Avatars of rooms and the group, photos of people (host-side.md 4). The host does not scale them.

namespace hipchat::host {
namespace {

constexpr text_length picture_length{1, 1'000'000};  // in base64
constexpr const char* default_room = "/assets/avatars/room.svg";
constexpr const char* default_person = "/assets/avatars/person.svg";
constexpr const char* default_group = "/assets/avatars/group.svg";

http_response see_picture(const services& on, const std::string& path, const char* otherwise) {
    http_response response;
    response.status = 302;
    response.headers.emplace_back("Location",
                                  on.self.base_url() + (path.empty() ? otherwise : path));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

// The picture that a member of the body holds, in base64, perhaps as a data: URI.
std::string read_picture(const request& asked, const std::string& name) {
    const fields body(asked.object());
    const std::string sent = body.text(name, picture_length);
    std::string_view text = sent;
    if (text.starts_with("data:")) text.remove_prefix(std::min(text.find(',') + 1, text.size()));
    std::string bytes = protocol::base64_decode(text).value_or("");
    if (picture_type_of(bytes).empty())
        refuse_field(name, "format", json::string(sent.substr(0, 40)),
                     "must be a PNG, JPEG, GIF or WebP picture in base64");
    return bytes;
}

task<std::string> keep_picture(const services& on, std::string name, std::string bytes) {
    file_draft what;
    what.content_type = picture_type_of(bytes);
    what.name = name + "." + what.content_type.substr(what.content_type.find('/') + 1);
    what.bytes = bytes;
    what.most = bytes.size();
    task<std::optional<kept_file>> keeping = on.kept.keep(std::move(what));
    const std::optional<kept_file> made = co_await keeping;
    co_return made ? made->path() : std::string();
}

task<http_response> set_avatar(services& on, room_ptr where, const access& who, std::string path) {
    room changed = *where;
    changed.avatar = std::move(path);
    task<room_ptr> changing = on.places.change(std::move(changed), doer_of(who));
    const room_ptr made = co_await changing;
    if (!made) throw refusal(404, "Room not found");
    task<> dropping = on.kept.drop(file_id_in(where->avatar));
    co_await dropping;
    co_return http_response::no_content();
}

task<http_response> put_avatar(services& on, const request& asked, const access& who) {
    const room_ptr where = room_to_change(who, on, asked);
    task<std::string> keeping = keep_picture(on, "avatar", read_picture(asked, "avatar"));
    std::string path = co_await keeping;
    task<http_response> setting = set_avatar(on, where, who, std::move(path));
    co_return co_await setting;
}

task<http_response> set_photo(services& on, person who, std::string path) {
    const std::string old = file_id_in(who.photo);
    who.photo = std::move(path);
    task<bool> changing = on.persons.change(std::move(who));
    co_await changing;
    task<> dropping = on.kept.drop(old);
    co_await dropping;
    co_return http_response::no_content();
}

// Whose photo a caller may change: their own, or an admin of the group anybody's.
person owner_of_photo(const services& on, const request& asked, const access& who) {
    person owner = user_for(on, asked);
    if (who.user() != nullptr && who.user()->id != owner.id && !who.user()->is_admin())
        throw refusal(403, "Only admins of the group may do this");
    return owner;
}

task<http_response> put_photo(services& on, const request& asked, const access& who) {
    const person owner = owner_of_photo(on, asked, who);
    task<std::string> keeping = keep_picture(on, "photo", read_picture(asked, "photo"));
    std::string path = co_await keeping;
    // As they are by now.
    task<http_response> setting = set_photo(on, user_for(on, asked), std::move(path));
    co_return co_await setting;
}

task<http_response> get_photo(const services& on, const request& asked) {
    const std::string& size = asked.captured("size");
    if (size != "small" && size != "big") throw refusal(404, "A photo is small or big");
    co_return see_picture(on, user_for(on, asked).photo, default_person);
}

task<http_response> get_avatar(const services& on, const request& asked, const access& who) {
    co_return see_picture(on, room_for(who, on, asked)->avatar, default_room);
}

task<http_response> get_group_avatar(const services& on, const request& asked) {
    if (asked.captured("group") != std::to_string(on.places.group_id()))
        throw refusal(404, "Group not found");
    co_return see_picture(on, "", default_group);
}

void add_avatar_routes(router& to, services& on) {
    const std::string path = "/v2/room/{room}/avatar";
    to.for_bearer(
        "GET", path, {scope::view_group, scope::view_room},
        [&on](const request& asked, const access& who) { return get_avatar(on, asked, who); });
    to.for_bearer("PUT", path, {scope::admin_room}, [&on](const request& asked, const access& who) {
        return put_avatar(on, asked, who);
    });
    to.for_bearer("DELETE", path, {scope::admin_room},
                  [&on](const request& asked, const access& who) {
                      return set_avatar(on, room_to_change(who, on, asked), who, "");
                  });
    to.for_bearer(
        "GET", "/v2/group/{group}/avatar", {scope::view_group},
        [&on](const request& asked, const access&) { return get_group_avatar(on, asked); });
}

}  // namespace

void add_picture_routes(router& to, services& on) {
    add_avatar_routes(to, on);
    const std::string path = "/v2/user/{user}/photo";
    to.for_bearer("GET", path + "/{size}", {scope::view_group},
                  [&on](const request& asked, const access&) { return get_photo(on, asked); });
    to.for_bearer(
        "PUT", path, {scope::admin_group},
        [&on](const request& asked, const access& who) { return put_photo(on, asked, who); });
    to.for_bearer("DELETE", path, {scope::admin_group},
                  [&on](const request& asked, const access& who) {
                      return set_photo(on, owner_of_photo(on, asked, who), "");
                  });
}

}  // namespace hipchat::host
