#include "host/api/v2/sending.hpp"

#include <utility>

namespace hipchat::host {
namespace {

// A coroutine of its own, because of the two kinds of recipients.
task<change> say(services& on, recipient to, person who, said what) {
    if (to.to) {
        task<change> saying = on.act.say_to(std::move(who), *std::move(to.to), std::move(what));
        co_return co_await saying;
    }
    origin source{"rest", std::nullopt};
    task<change> saying =
        on.act.say(std::move(source), to.where->id, std::move(who), std::move(what));
    co_return co_await saying;
}

}  // namespace

recipient room_recipient(const services& on, const request& asked, const user_access& who) {
    return {.where = room_for(who.any(), on, asked)};
}

recipient person_recipient(const services& on, const request& asked) {
    person to = user_for(on, asked);
    if (to.is_deleted) throw refusal(404, "User not found");
    return {.to = std::move(to)};
}

allowance count_message(const services& on, const recipient& to) {
    return on.limits.count_message(to.where ? "room " + std::to_string(to.where->id)
                                            : "person " + std::to_string(to.to->id));
}

task<http_response> send(services& on, recipient to, person who, said what, int status,
                         allowance left) {
    task<change> saying = say(on, std::move(to), std::move(who), std::move(what));
    const change made = co_await saying;
    http_response answer = http_response::no_content();
    if (status == 201) {
        json::object body;
        body["id"] = made.content.at("id");
        body["timestamp"] = made.content.at("at");
        answer = json_response(201, body);
    }
    meter::say_messages(answer, left);
    co_return answer;
}

}  // namespace hipchat::host
