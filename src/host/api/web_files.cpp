#include <exception>

#include "host/api/body_limit.hpp"
#include "host/api/fields.hpp"
#include "host/api/file_name.hpp"
#include "host/api/web.hpp"

// PUT /api/rooms/{room}/files/{name}?message=…[&as=…]: the bytes as they are,
// application/octet-stream.

namespace hipchat::host {
namespace {

constexpr std::size_t longest_comment = 1000;

task<change> tell(services& on, std::int64_t room_id, person who, said what) {
    origin source{"web", std::nullopt};
    task<change> saying = on.act.say(std::move(source), room_id, std::move(who), std::move(what));
    co_return co_await saying;
}

task<http_response> put_file(services& on, const request& asked, const person_here& who) {
    const room_ptr where = room_named(on, who, asked);
    task<person> naming = acting_person(on, who, asked.parameter("as"));
    person sender = co_await naming;
    said what{.text = asked.parameter("message").value_or("")};
    if (what.text.size() > longest_comment)
        refuse_field("message", "max_length", nullptr, "must have at most 1000 bytes");
    file_draft draft{.name = tidy_file_name(asked.captured("name")),
                     .bytes = asked.raw().body,
                     .most = most_file_bytes};
    task<std::optional<kept_file>> keeping = on.kept.keep(std::move(draft));
    const std::optional<kept_file> made = co_await keeping;
    if (!made) throw refusal(413, "A file may have 50 MB");
    what.attached["file"] = file_member(*made);
    std::exception_ptr failure;
    try {
        task<change> telling = tell(on, where->id, std::move(sender), std::move(what));
        const change told = co_await telling;
        json::object body;
        body["change"] = told.content;
        co_return json_response(201, body);
    } catch (...) {
        failure = std::current_exception();
    }
    // Nobody would ever find it.
    task<> dropping = on.kept.drop(made->id);
    co_await dropping;
    std::rethrow_exception(failure);
}

}  // namespace

void add_web_file_routes(router& to, services& on) {
    to.for_person_here(
        "PUT", "/api/rooms/{room}/files/{name}", role::guest,
        [&on](const request& asked, const person_here& who) { return put_file(on, asked, who); });
}

}  // namespace hipchat::host
