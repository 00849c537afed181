#include "hipchat/rest/users.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/shapes.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/base64url.hpp"
#include "protocol/limits.hpp"

namespace hipchat::rest {
namespace {

constexpr std::size_t longest_text = 1000;

const std::vector<scope> to_view{scope::view_group};
const std::vector<scope> to_change{scope::admin_group};

user_presence read_presence(const protocol::members& from) {
    user_presence made;
    made.show = text_in(from, "show");
    made.status = text_in(from, "status");
    made.idle = number_in(from, "idle");
    made.is_online = flag_in(from, "is_online");
    if (const auto client = object_in(from, "client")) {
        made.client_type = text_in(*client, "type");
        made.client_version = text_in(*client, "version");
    }
    return made;
}

user_details read_user(const protocol::members& from) {
    user_details made;
    static_cast<user_summary&>(made) = read_user_summary(from);
    made.email = text_in(from, "email");
    made.title = text_in(from, "title");
    made.timezone = text_in(from, "timezone");
    made.photo_url = text_in(from, "photo_url");
    made.is_group_admin = flag_in(from, "is_group_admin");
    made.is_guest = flag_in(from, "is_guest");
    made.is_deleted = flag_in(from, "is_deleted");
    made.roles = texts_in(from, "roles");
    made.created = text_in(from, "created");
    made.last_active = text_in(from, "last_active");
    made.xmpp_jid = text_in(from, "xmpp_jid");
    if (const auto group = object_in(from, "group")) {
        made.group_id = group->id("id");
        made.group_name = text_in(*group, "name");
    }
    if (const auto presence = object_in(from, "presence")) made.presence = read_presence(*presence);
    return made;
}

// One source has {"id": …}, another {"entity": {"id": …}}; the password is beside either, and stays
// out of `json`.
created_user read_created_user(const protocol::members& from) {
    const auto entity = object_in(from, "entity");
    const protocol::members& user = entity ? *entity : from;
    created_user made;
    made.id = required_id(user);
    const auto links = object_in(user, "links");
    if (const auto where = links ? links : object_in(from, "links"))
        made.self = text_in(*where, "self");
    made.password = secret(text_in(from, "password"));
    json::object kept = from.object();
    kept.erase("password");
    made.json = std::make_shared<const json::object>(std::move(kept));
    return made;
}

void add_text(json::object& body, const std::string& name, const std::string& text) {
    protocol::check_text(name, text, 0, longest_text);
    if (!text.empty()) body[name] = text;
}

void add_required_text(json::object& body, const std::string& name, const std::string& text) {
    protocol::check_text(name, text, 1, longest_text);
    body[name] = text;
}

json::object write(const new_user& who) {
    json::object body;
    add_required_text(body, "name", who.name());
    add_required_text(body, "email", who.email());
    add_text(body, "title", who.title());
    add_text(body, "mention_name", who.mention_name());
    if (who.admin()) body["is_group_admin"] = true;
    add_text(body, "timezone", who.timezone());
    if (!who.password().empty()) body["password"] = who.password().reveal();
    return body;
}

json::object write(const user_update& changed) {
    json::object body;
    add_required_text(body, "name", changed.name());
    add_required_text(body, "mention_name", changed.mention_name());
    add_required_text(body, "email", changed.email());
    add_text(body, "title", changed.title());
    add_text(body, "timezone", changed.timezone());
    body["is_group_admin"] = changed.admin();
    if (changed.show()) {
        json::object& presence = body["presence"].emplace_object();
        presence["status"] = changed.status();
        if (changed.show()->empty())
            presence["show"] = nullptr;
        else
            presence["show"] = *changed.show();
    }
    return body;
}

std::string at(const user_ref& who) {
    return "user/" + segment(who);
}

}  // namespace

paged<user_summary> users::list(bool include_guests, bool include_deleted) const {
    const std::string filter = query({{"include-guests", include_guests ? "true" : ""},
                                      {"include-deleted", include_deleted ? "true" : ""}});
    return list_of<read_user_summary>(host_.core(), ask("GET", "user" + filter, to_view));
}

task<created_user> users::create(new_user who) const {
    return fetch_as<read_created_user>(host_.core(), ask("POST", "user", to_change, write(who)));
}

task<user_details> users::get(user_ref who) const {
    return fetch_as<read_user>(host_.core(), ask("GET", at(who), to_view));
}

task<> users::update(user_ref who, user_update changed) const {
    return perform(host_.core(), ask("PUT", at(who), to_change, write(changed)));
}

task<> users::remove(user_ref who) const {
    return perform(host_.core(), ask("DELETE", at(who), to_change));
}

task<std::string> users::photo(user_ref who, photo_size size) const {
    const char* name = size == photo_size::small ? "small" : "big";
    return locate(host_.core(), ask("GET", at(who) + "/photo/" + name, to_view));
}

task<> users::set_photo(user_ref who, std::string image) const {
    if (image.empty()) throw config_error("photo is empty; give it the bytes of a picture");
    json::object body;
    body["photo"] = protocol::base64_encode(image);
    return perform(host_.core(), ask("PUT", at(who) + "/photo", to_change, body));
}

task<> users::remove_photo(user_ref who) const {
    return perform(host_.core(), ask("DELETE", at(who) + "/photo", to_change));
}

paged<room_summary> users::auto_join(user_ref who) const {
    return list_of<read_room_summary>(host_.core(),
                                      ask("GET", at(who) + "/preference/auto-join", to_view));
}

task<resource> users::invite(std::string name, std::string email, std::string title) const {
    json::object body;
    add_required_text(body, "name", name);
    add_required_text(body, "email", email);
    add_text(body, "title", title);
    return fetch_as<read_resource>(host_.core(), ask("POST", "invite/user", to_change, body));
}

}  // namespace hipchat::rest
