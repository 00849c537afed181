#include "addon/webhooks/webhook_endpoint.hpp"

#include "hipchat/errors.hpp"
#include "protocol/message.hpp"

namespace hipchat::addons {
namespace {

// What a handler threw, for the log; it never goes back to the host.
void log_failure(logger& log, std::string_view path, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log.error("a handler failed", {{"path", path}, {"error", error.what()}});
    } catch (...) {
        log.error("a handler failed", {{"path", path}, {"error", "not a std::exception"}});
    }
}

}  // namespace

webhook_endpoint::webhook_endpoint(const detail::hook& hook, std::string path, const access& to,
                                   replay_window& replays, const clock& time, logger& log)
    : hook_(hook), path_(std::move(path)), to_(to), replays_(replays), clock_(time), log_(log) {
}

answer webhook_endpoint::serve(const signed_request& who, const inbound& request) {
    std::shared_ptr<const detail::event_core> event;
    try {
        event = std::make_shared<const detail::event_core>(to_, who.tenant(), request.body);
    } catch (const protocol_error& wrong) {
        return reply::refused(400, std::string(wrong.what()) + "\n");
    } catch (const std::exception&) {
        return reply::refused(400, "The body is not JSON.\n");
    }
    if (event->payload.kind() != hook_.event)
        return reply::refused(400, "event: this address takes "
                                       + std::string(protocol::to_string(hook_.event)) + " only\n");
    const std::string_view named = event->payload.oauth_client_id();
    if (!named.empty() && named != who.claims().issuer)
        return reply::refused(401, "oauth_client_id: does not belong to the token's issuer\n");

    const auto delivery = replays_.enabled()
                              ? replay_window::key_of(who.claims(), path_, request.body)
                              : protocol::sha256_digest{};
    switch (replays_.admit(who.claims(), delivery, clock_.unix_time())) {
        case replay_window::verdict::too_old:
            return reply::refused(401, "The token was issued too long ago for a delivery.\n");
        case replay_window::verdict::repeated:
            return reply{.status = 204};
        case replay_window::verdict::first:
            break;
    }
    if (hook_.handler.answers) return answer_with(std::move(event), delivery);
    return reply{.status = 204,
                 .afterwards = [this, event = std::move(event)] { return run(event); }};
}

task<> webhook_endpoint::run(std::shared_ptr<const detail::event_core> event) {
    std::exception_ptr failure;
    try {
        auto handling = hook_.handler.call(std::move(event));
        co_await handling;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) log_failure(log_, path_, failure);
}

task<reply> webhook_endpoint::answer_with(std::shared_ptr<const detail::event_core> event,
                                          protocol::sha256_digest delivery) {
    std::exception_ptr failure;
    try {
        auto handling = hook_.handler.call(std::move(event));
        const std::optional<notification> said = co_await handling;
        if (!said) co_return reply();
        reply made;
        made.status = 200;
        made.content_type = "application/json";
        made.body = json::serialize(protocol::write_notification(*said));
        co_return made;
    } catch (...) {
        failure = std::current_exception();
    }
    log_failure(log_, path_, failure);
    replays_.forget(delivery);
    co_return reply::refused(500, "The add-on failed to answer.\n");
}

}  // namespace hipchat::addons
