#include "host/api/deactivation.hpp"
#include "host/api/person_fields.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

constexpr text_length title_length{0, 50};

bool is_shown(const request& asked, const person& each) {
    const auto includes = [&](const char* name) { return asked.parameter(name) == "true"; };
    return (!each.is_deleted || includes("include-deleted"))
           && (!each.is_guest() || includes("include-guests"));
}

task<json::object> get_users(services& on, const request& asked, const access&) {
    listing list(page_of(asked));
    for (const auto& [id, each] : on.persons.all()) {
        if (!is_shown(asked, each)) continue;
        if (list.wants_next())
            list.add(person_item(each, on.self.base_url()));
        else
            list.skip();
    }
    co_return std::move(list).document(asked, on.self.base_url());
}

task<json::object> get_user(services& on, const request& asked, const access&) {
    co_return person_document(on, user_for(on, asked));
}

// Makes somebody an admin or a member; who owns the group is not for the API to say.
void read_role(const fields& body, person& changed) {
    std::optional<bool> admin = body.optional_boolean("is_group_admin");
    if (const json::value* const roles = body.find("roles")) {
        if (!roles->is_array()) refuse_field("roles", "type", *roles, "is not of type array");
        for (const json::value& each : roles->get_array())
            if (each == "admin" || each == "owner") admin = true;
    }
    if (admin && changed.standing != role::owner)
        changed.standing = *admin ? role::admin : role::member;
}

// What both making and changing a user may say.
void read_details(const fields& body, person& changed) {
    changed.name = read_name(body);
    changed.email = read_email(body);
    if (auto mention = read_mention(body); !mention.empty()) changed.mention_name = mention;
    if (auto title = body.optional_text("title", title_length)) changed.title = *title;
    if (auto zone = optional_timezone(body)) changed.timezone = *zone;
    read_role(body, changed);
    read_presence(body, changed);
}

// Only the group's admins make and change people.
void require_admin(const access& who) {
    if (who.user() != nullptr && !who.user()->is_admin())
        throw refusal(403, "Only admins of the group may do this");
}

// Empty if it is not said. The first account is the owner's, and is not made here.
secret optional_password(const fields& body, const services& on) {
    if (body.find("password") == nullptr) return {};
    if (!on.signing_in.any())
        refuse_field("password", "enum", nullptr,
                     "can be given once the group has an owner; open " + on.self.base_url()
                         + "/setup first");
    return read_password(body, "password");
}

[[noreturn]] void refuse_taken(const person& wanted) {
    refuse_field("email", "unique", json::string(wanted.email),
                 "is taken, or the name or mention name is; choose others");
}

task<http_response> post_user(services& on, const request& asked, const access& who) {
    require_admin(who);
    const fields body(asked.object());
    person wanted;
    read_details(body, wanted);
    secret password = optional_password(body, on);
    task<std::optional<person>> creating = on.persons.create(wanted);
    const std::optional<person> made = co_await creating;
    if (!made) refuse_taken(wanted);
    if (!password.empty()) {
        task<> setting = on.signing_in.set(made->id, std::move(password));
        co_await setting;
    }
    const std::string self = on.self.base_url() + "/v2/user/" + std::to_string(made->id);
    co_return created(made->id, self);
}

// Nothing is sent to anybody: the host has no mail. Who was invited is one of the people from then
// on.
task<http_response> post_invitation(services& on, const request& asked, const access& who) {
    require_admin(who);
    const fields body(asked.object());
    person wanted;
    wanted.name = read_name(body);
    wanted.email = read_email(body);
    wanted.title = body.optional_text("title", title_length).value_or("");
    task<std::optional<person>> creating = on.persons.create(wanted);
    const std::optional<person> made = co_await creating;
    if (!made) refuse_taken(wanted);
    co_return json_response(200, person_item(*made, on.self.base_url()));
}

task<http_response> put_user(services& on, const request& asked, const access& who) {
    person changed = user_for(on, asked);
    if (who.user() == nullptr || who.user()->id != changed.id) require_admin(who);
    const bool was_admin = changed.is_admin();
    const fields body(asked.object());
    read_details(body, changed);
    if (body.find("mention_name") == nullptr)
        refuse_field("mention_name", "required", nullptr, "is required");
    if (changed.is_admin() != was_admin) require_admin(who);
    task<bool> changing = on.persons.change(changed);
    const bool stored = co_await changing;
    if (!stored) refuse_taken(changed);
    co_return http_response::no_content();
}

task<http_response> delete_user(services& on, const request& asked, const access& who) {
    require_admin(who);
    person gone = user_for(on, asked);
    if (gone.is_deleted) throw refusal(404, "User not found");
    task<> removing = deactivate(on, std::move(gone));
    co_await removing;
    co_return http_response::no_content();
}

// The rooms that open by themselves: those that the person belongs to.
task<json::object> get_auto_join(services& on, const request& asked, const access&) {
    const person user = user_for(on, asked);
    listing list(page_of(asked));
    for (const auto& [id, each] : on.places.all()) {
        if (!on.places.is_member(id, user.id)) continue;
        if (!list.wants_next()) {
            list.skip();
            continue;
        }
        json::object links;
        links["self"] = on.self.base_url() + "/v2/room/" + std::to_string(id);
        list.add({{"id", id}, {"name", each->name}, {"links", std::move(links)}});
    }
    co_return std::move(list).document(asked, on.self.base_url());
}

}  // namespace

void add_user_routes(rest_routes to, services& on) {
    to.shown.add("/v2/user", {scope::view_group}, [&on](const request& asked, const access& who) {
        return get_users(on, asked, who);
    });
    to.shown.add(
        "/v2/user/{user}", {scope::view_group},
        [&on](const request& asked, const access& who) { return get_user(on, asked, who); });
    to.shown.add(
        "/v2/user/{user}/preference/auto-join", {scope::view_group},
        [&on](const request& asked, const access& who) { return get_auto_join(on, asked, who); });
    to.to.for_bearer(
        "POST", "/v2/user", {scope::admin_group},
        [&on](const request& asked, const access& who) { return post_user(on, asked, who); });
    to.to.for_bearer(
        "POST", "/v2/invite/user", {scope::admin_group},
        [&on](const request& asked, const access& who) { return post_invitation(on, asked, who); });
    to.to.for_bearer(
        "PUT", "/v2/user/{user}", {scope::admin_group},
        [&on](const request& asked, const access& who) { return put_user(on, asked, who); });
    to.to.for_bearer(
        "DELETE", "/v2/user/{user}", {scope::admin_group},
        [&on](const request& asked, const access& who) { return delete_user(on, asked, who); });
}

}  // namespace hipchat::host
