#include "host/api/v2/rest.hpp"
#include "host/core/plan.hpp"

namespace hipchat::host {
namespace {

constexpr text_length name_length{1, 50};
constexpr text_length topic_length{0, 250};

bool is_shown(const services& on, const access& who, const room& each, const request& asked) {
    if (!who.may_touch(each.id)) return false;
    if (each.is_archived && asked.parameter("include-archived") != "true") return false;
    if (each.is_private() && asked.parameter("include-private") == "false") return false;
    return may_see(who, on, each);
}

task<json::object> get_rooms(services& on, const request& asked, const access& who) {
    listing list(page_of(asked));
    for (const auto& [id, each] : on.places.all()) {
        if (!is_shown(on, who, *each, asked)) continue;
        if (list.wants_next())
            list.add(room_item(*each, on.self.base_url()));
        else
            list.skip();
    }
    co_return std::move(list).document(asked, on.self.base_url());
}

// Whose a new room is: the one that is named, or the person whose token it is.
std::int64_t owner_in(const services& on, const fields& body, const access& who) {
    const auto named = body.optional_id("owner_user_id");
    if (!named) return who.user() != nullptr ? who.user()->id : 0;
    const person* const owner = on.persons.find(*named);
    if (owner == nullptr)
        refuse_field("owner_user_id", "exists", json::string(*named), "is no user");
    return owner->id;
}

task<http_response> post_room(services& on, const request& asked, const access& who) {
    if (who.client() && who.client()->room_id)
        throw refusal(403, "An add-on of one room may not make others");
    const fields body(asked.object());
    room wanted;
    const auto name = tidy_name(body.text("name", name_length));
    if (!name)
        refuse_field("name", "format", *body.find("name"), "must be visible text on one line");
    wanted.name = *name;
    wanted.topic = body.optional_text("topic", topic_length).value_or("");
    wanted.privacy = body.optional_one_of("privacy", {"public", "private"}).value_or("public");
    wanted.is_guest_accessible = body.optional_boolean("guest_access").value_or(false);
    wanted.delegate_admin_visibility = body.optional_boolean("delegate_admin_visibility");
    wanted.owner_id = owner_in(on, body, who);
    task<room_ptr> creating = on.places.create(std::move(wanted), doer_of(who));
    const room_ptr made = co_await creating;
    if (!made) refuse_field("name", "unique", json::string(*name), "is the name of another room");
    co_return created(made->id, on.self.base_url() + "/v2/room/" + std::to_string(made->id));
}

}  // namespace

void add_room_list_routes(rest_routes to, services& on) {
    to.shown.add("/v2/room", {scope::view_group}, [&on](const request& asked, const access& who) {
        return get_rooms(on, asked, who);
    });
    to.to.for_bearer(
        "POST", "/v2/room", {scope::manage_rooms},
        [&on](const request& asked, const access& who) { return post_room(on, asked, who); });
}

}  // namespace hipchat::host
