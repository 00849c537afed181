#include "base/random.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

constexpr text_length name_length{1, 50};
constexpr text_length email_length{3, 254};
constexpr text_length title_length{0, 50};
constexpr text_length mention_length{1, 51};
constexpr text_length zone_length{1, 64};
constexpr text_length status_length{0, 255};

bool is_shown(const request& asked, const person& each) {
    return !each.is_deleted || asked.parameter("include-deleted") == "true";
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

std::string read_name(const fields& body) {
    auto name = tidy_name(body.text("name", name_length));
    if (!name)
        refuse_field("name", "format", *body.find("name"), "must be visible text on one line");
    return *std::move(name);
}

std::string read_email(const fields& body) {
    std::string email = body.text("email", email_length);
    const std::size_t at = email.find('@');
    if (at == 0 || at == std::string::npos || at + 1 == email.size()
        || email.find('@', at + 1) != std::string::npos || email.find(' ') != std::string::npos)
        refuse_field("email", "format", json::string(email), "is no e-mail address");
    return email;
}

// "@Ada" or "Ada"; empty if it is not said.
std::string read_mention(const fields& body) {
    std::string mention = body.optional_text("mention_name", mention_length).value_or("");
    if (mention.starts_with('@')) mention.erase(0, 1);
    if (!mention.empty() && !is_mention_name(mention))
        refuse_field("mention_name", "format", json::string(mention),
                     "must be letters, digits and '_'");
    return mention;
}

void read_presence(const fields& body, person& changed) {
    const auto presence = body.optional_object("presence");
    if (!presence) return;
    const fields inner(*presence);
    changed.status.status = inner.optional_text("status", status_length).value_or("");
    changed.status.show =
        inner.optional_one_of("show", {"", "chat", "away", "xa", "dnd"}).value_or("");
    if (changed.status.show == "chat") changed.status.show.clear();
}

// What both making and changing a user may say.
void read_details(const fields& body, person& changed) {
    changed.name = read_name(body);
    changed.email = read_email(body);
    if (auto mention = read_mention(body); !mention.empty()) changed.mention_name = mention;
    if (auto title = body.optional_text("title", title_length)) changed.title = *title;
    if (auto zone = body.optional_text("timezone", zone_length)) changed.timezone = *zone;
    if (auto admin = body.optional_boolean("is_group_admin")) changed.is_group_admin = *admin;
    if (const json::value* const roles = body.find("roles")) {
        if (!roles->is_array()) refuse_field("roles", "type", *roles, "is not of type array");
        for (const json::value& each : roles->get_array())
            if (each == "admin" || each == "owner") changed.is_group_admin = true;
    }
    read_presence(body, changed);
}

// Only the group's admins make and change people.
void require_admin(const access& who) {
    if (who.user() != nullptr && !who.user()->is_group_admin)
        throw refusal(403, "Only admins of the group may do this");
}

[[noreturn]] void refuse_taken(const person& wanted) {
    refuse_field("email", "unique", json::string(wanted.email),
                 "is taken, or the name or mention name is; choose others");
}

task<http_response> post_user(services& on, const request& asked, const access& who) {
    require_admin(who);
    person wanted;
    read_details(fields(asked.object()), wanted);
    task<std::optional<person>> creating = on.persons.create(wanted);
    const std::optional<person> made = co_await creating;
    if (!made) refuse_taken(wanted);
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
    const bool was_admin = changed.is_group_admin;
    const fields body(asked.object());
    read_details(body, changed);
    if (body.find("mention_name") == nullptr)
        refuse_field("mention_name", "required", nullptr, "is required");
    if (changed.is_group_admin != was_admin) require_admin(who);
    task<bool> changing = on.persons.change(changed);
    const bool stored = co_await changing;
    if (!stored) refuse_taken(changed);
    co_return http_response::no_content();
}

task<http_response> delete_user(services& on, const request& asked, const access& who) {
    require_admin(who);
    person gone = user_for(on, asked);
    if (gone.is_deleted) throw refusal(404, "User not found");
    gone.is_deleted = true;
    task<bool> changing = on.persons.change(std::move(gone));
    co_await changing;
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
