#include "addon/webhooks/deliveries.hpp"

#include <variant>

#include "addon/failures/error_boundary.hpp"
#include "addon/rest/client.hpp"
#include "addon/webhooks/command_help.hpp"
#include "base/describe.hpp"
#include "base/spawn.hpp"
#include "hipchat/errors.hpp"
#include "protocol/message.hpp"

namespace hipchat::addons {
namespace {

constexpr std::size_t most_searches_waiting = 1000;

// The event of a delivery; what is wrong with it otherwise.
std::variant<std::shared_ptr<detail::event_core>, reply> read_event(const served_hook& hook,
                                                                    const access& to,
                                                                    const signed_request& who,
                                                                    std::string_view body,
                                                                    request_id by) {
    std::shared_ptr<detail::event_core> event;
    try {
        event = std::make_shared<detail::event_core>(to, who.tenant(), body, by);
    } catch (const protocol_error& wrong) {
        return reply::refused(400, std::string(wrong.what()) + "\n");
    } catch (const std::exception&) {
        return reply::refused(400, "The body is not JSON.\n");
    }
    if (event->payload.kind() != hook.declared.event)
        return reply::refused(400, "event: this address takes "
                                       + std::string(protocol::to_string(hook.declared.event))
                                       + " only\n");
    const std::string_view named = event->payload.oauth_client_id();
    if (!named.empty() && named != who.claims().issuer)
        return reply::refused(401, "oauth_client_id: does not belong to the token's issuer\n");
    if (hook.room && *hook.room != event->payload.room_id())
        return reply::refused(400, "item.room.id: this webhook is of another room\n");
    event->added_as = hook.added_as;
    return event;
}

}  // namespace

answer deliveries::accept(hook_ptr hook, const signed_request& who, std::string_view body,
                          request_id by) {
    const auto repeated_as = parts_.replays.enabled()
                                 ? replay_window::key_of(who.claims(), hook->route, body)
                                 : protocol::sha256_digest{};
    parts_.replays.expect(repeated_as);
    auto read = read_event(*hook, parts_.to, who, body, by);
    if (auto* refused = std::get_if<reply>(&read)) return std::move(*refused);

    switch (parts_.replays.admit(who.claims(), repeated_as, parts_.time.unix_time())) {
        case replay_window::verdict::too_old:
            return reply::refused(401, "The token was issued too long ago for a delivery.\n");
        case replay_window::verdict::repeated:
            if (unkept_.contains(repeated_as)) break;
            ++counts_.repeated;
            return reply{.status = 204};
        case replay_window::verdict::first:
            break;
    }
    ++counts_.accepted;
    delivery made{std::move(hook), std::get<event_ptr>(std::move(read)), repeated_as};
    if (made.hook->declared.durable)
        made.keep = std::make_shared<to_keep>(unkept_, repeated_as, body);
    return search(std::move(made));
}

// The host has searched already; but whoever trusts the groups of a match needs one.
answer deliveries::search(delivery made) {
    const protocol::pattern* const pattern = made.hook->pattern.get();
    if (pattern == nullptr) return serve(std::move(made), match());
    const std::string_view text = made.event->payload.message_text();
    if (pattern->slow_in(text.size())) return search_beside(std::move(made));
    std::optional<match> found = pattern->search(text);
    return serve(std::move(made), std::move(found));
}

// Not a coroutine; throws `overloaded` when awaited.
task<std::optional<match>> deliveries::find_beside(const delivery& made) {
    if (!searching_) searching_.emplace(1, most_searches_waiting);
    return searching_->run(parts_.loop, [pattern = made.hook->pattern,
                                         text = std::string(made.event->payload.message_text())] {
        return pattern->search(text);
    });
}

task<reply> deliveries::search_beside(delivery made) {
    std::optional<match> found;
    bool shed = false;
    try {
        task<std::optional<match>> searching = find_beside(made);
        found = co_await searching;
    } catch (const overloaded&) {
        shed = true;
    }
    if (shed) {
        parts_.replays.forget(made.repeated_as);
        reply busy = reply::refused(503, "Too many messages are being searched; try again.\n");
        busy.retry_after = 1;
        co_return busy;
    }
    answer pending = serve(std::move(made), std::move(found));
    co_return co_await settle(std::move(pending));
}

answer deliveries::serve(delivery made, std::optional<match> found) {
    if (!found) {
        ++counts_.unmatched;
        log_of(made).debug("a delivery does not match its pattern", {{"route", made.hook->route}});
        return reply{.status = 204};
    }
    made.event->matched = std::move(*found);
    const detail::event_handler& handler = handler_of(made);
    if (handler.answers) {
        made.keep.reset();
        return answer_with(std::move(made), handler);
    }
    if (made.keep) return keep(std::move(made), handler);
    return reply{.status = 204, .afterwards = [this, made = std::move(made), &handler] {
                     return run(made, handler);
                 }};
}

const detail::event_handler& deliveries::handler_of(const delivery& made) {
    const detail::hook& hook = made.hook->declared;
    return hook.as ? choose_handler(hook, *made.event) : hook.handler;
}

// @param threw set if not null; outlives the task
task<> deliveries::run(delivery made, const detail::event_handler& handler, bool* threw) {
    std::exception_ptr failure;
    try {
        auto handling = handler.call(made.event);
        co_await handling;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) log_failure(made, failure);
    if (threw != nullptr) *threw = failure != nullptr;
}

task<reply> deliveries::answer_with(delivery made, const detail::event_handler& handler) {
    const auto pending = std::make_shared<pending_answer>();
    spawn(run_into(pending, made, handler), [](const std::exception_ptr&) {});
    task<> waiting = pending->wait(parts_.loop, parts_.reply_deadline);
    co_await waiting;
    if (pending->ended) co_return reply_of(*pending, made);
    pending->late = true;
    ++counts_.late_replies;
    co_return reply{.status = 204, .afterwards = [pending] { return pending->wait_delivered(); }};
}

// Never throws.
task<> deliveries::run_into(std::shared_ptr<pending_answer> pending, delivery made,
                            const detail::event_handler& handler) {
    try {
        auto handling = handler.call(made.event);
        pending->said = co_await handling;
    } catch (...) {
        pending->failure = std::current_exception();
    }
    pending->ended = true;
    pending->wake();
    if (!pending->late) co_return;
    if (pending->failure) log_failure(made, pending->failure);
    if (pending->said) {
        task<> posting = post_late(made, std::move(*pending->said));
        co_await posting;
    }
    pending->delivered = true;
    pending->wake();
}

task<> deliveries::post_late(const delivery& made, notification said) {
    if (!parts_.may_send) {
        log_of(made).warning("late_reply", {{"route", made.hook->route},
                                            {"lost",
                                             "add send_notification to the scopes, so that "
                                             "late answers can be posted"}});
        co_return;
    }
    log_of(made).info("late_reply", {{"route", made.hook->route}});
    std::exception_ptr failure;
    try {
        task<> sending = parts_.to.rest.send_notification(
            made.event->tenant, made.event->payload.room_id(), std::move(said));
        co_await sending;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure)
        log_of(made).error("a late reply could not be posted",
                           {{"route", made.hook->route}, {"error", describe(failure)}});
}

reply deliveries::reply_of(const pending_answer& ended, const delivery& made) {
    std::exception_ptr failure = ended.failure;
    try {
        if (!failure && !ended.said) return {};
        if (!failure)
            return {.status = 200,
                    .content_type = "application/json",
                    .body = json::serialize(protocol::write_notification(*ended.said))};
    } catch (...) {
        failure = std::current_exception();
    }
    log_failure(made, failure);
    parts_.replays.forget(made.repeated_as);
    return reply::refused(500, "The add-on failed to answer.\n");
}

hipchat::log deliveries::log_of(const delivery& made) const {
    return {parts_.log, made.event->request};
}

void deliveries::log_failure(const delivery& made, const std::exception_ptr& failure) {
    parts_.to.failures.report(made.hook->route, tenant(parts_.to, made.event->tenant),
                              made.event->request, failure);
}

}  // namespace hipchat::addons
