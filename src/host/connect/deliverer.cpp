#include "host/connect/deliverer.hpp"

#include <algorithm>

#include "host/connect/signing.hpp"
#include "host/core/deliveries.hpp"

namespace hipchat::host {
namespace {

std::optional<transport_error::reason> failure_of(const outcome& how) {
    const auto* const failure = std::get_if<transport_error>(&how);
    return failure == nullptr ? std::nullopt : std::optional(failure->why());
}

// Null if the add-on has no such hook any more.
const hook* hook_of(const client& owner, std::int64_t id) {
    const auto found = std::ranges::find(owner.hooks, id, &hook::id);
    return found == owner.hooks.end() ? nullptr : &*found;
}

}  // namespace

void deliverer::take(std::vector<delivery> due) {
    for (delivery& each : due) {
        const key which(each.room_id, each.oauth_id);
        lane& to = lanes_[which];
        if (to.waiting.size() >= options_.max_waiting) {
            with_.log.warning("an add-on is too slow; a delivery was dropped",
                              {{"oauth_id", each.oauth_id}, {"room", each.room_id}});
            with_.work.run("dropping a delivery", remove(each.id));
            continue;
        }
        to.waiting.push_back(std::move(each));
        start(which);
    }
}

void deliverer::forget(const std::string& oauth_id) {
    for (auto each = lanes_.begin(); each != lanes_.end();) {
        if (each->first.second != oauth_id) {
            ++each;
            continue;
        }
        if (each->second.retry != 0) with_.loop.cancel(each->second.retry);
        each = lanes_.erase(each);
    }
}

void deliverer::stop() {
    stopped_ = true;
    for (auto& [which, each] : lanes_)
        if (each.retry != 0) with_.loop.cancel(std::exchange(each.retry, 0));
}

void deliverer::start(const key& which) {
    lane& at = lanes_[which];
    if (at.is_running || at.retry != 0 || stopped_) return;
    at.is_running = true;
    with_.work.run("delivering webhooks", serve(which));
}

void deliverer::try_again_later(const key& which, std::chrono::milliseconds pause) {
    lanes_[which].retry = with_.loop.call_after(pause, [this, which] {
        lanes_[which].retry = 0;
        start(which);
    });
}

task<> deliverer::serve(key which) {
    while (true) {
        const auto at = lanes_.find(which);
        if (at == lanes_.end()) co_return;
        at->second.is_running = !stopped_ && !at->second.waiting.empty();
        if (!at->second.is_running) {
            if (at->second.waiting.empty()) lanes_.erase(at);
            co_return;
        }
        const delivery due = at->second.waiting.front();
        const unsigned attempts = ++at->second.attempts;
        const client_ptr to = with_.installed.find(which.second);
        if (to && hook_of(*to, due.hook_id) != nullptr) {
            task<outcome> attempting = attempt(to, due);
            const outcome how = co_await attempting;
            count(how);
            report(*to, due, how);
            const auto again = lanes_.find(which);
            if (again == lanes_.end()) co_return;
            if (const auto pause = retry_after(failure_of(how), attempts, options_)) {
                again->second.is_running = false;
                if (!stopped_) try_again_later(which, *pause);
                co_return;
            }
            task<> settling = settle(to, due, how);
            co_await settling;
        }
        const auto ended = lanes_.find(which);
        if (ended == lanes_.end()) co_return;
        ended->second.waiting.pop_front();
        ended->second.attempts = 0;
    }
}

task<outcome> deliverer::attempt(client_ptr to, delivery due) {
    const hook& at = *hook_of(*to, due.hook_id);
    transport::http_call call =
        webhook_call(due, *to, at, with_.time.unix_time(), options_.timeout);
    task<outcome> sending = with_.post.send(std::move(call), "webhook", to, due.room_id);
    co_return co_await sending;
}

// The notification first: if the host ends in between, the delivery is repeated with the same jti,
// and its answer makes no second notification.
task<> deliverer::settle(client_ptr from, delivery ended, outcome how) {
    try {
        if (const auto* const answer = std::get_if<transport::http_answer>(&how)) {
            std::string flaw;
            auto posted = posting_in(*from, answer->status, answer->body, flaw);
            if (!flaw.empty())
                with_.log.warning(flaw, {{"addon", from->descriptor.key}, {"room", ended.room_id}});
            if (posted) {
                origin source{"answer", ended.jti};
                task<std::optional<change>> notifying =
                    with_.act.notify(std::move(source), ended.room_id, {from, from->sender_name()},
                                     *std::move(posted));
                co_await notifying;
            }
        }
        task<> removing = remove(ended.id);
        co_await removing;
    } catch (const error& failure) {
        with_.log.error("the end of a delivery could not be stored",
                        {{"oauth_id", from->oauth_id}, {"why", failure.what()}});
    }
}

task<> deliverer::remove(std::int64_t id) {
    const auto write = [id](connection& on) { remove_delivery(on, id); };
    task<> writing = with_.store.write(write);
    co_await writing;
}

std::size_t deliverer::waiting() const noexcept {
    std::size_t all = 0;
    for (const auto& [which, each] : lanes_)
        all += each.waiting.size();
    return all;
}

void deliverer::count(const outcome& how) noexcept {
    const auto* const answer = std::get_if<transport::http_answer>(&how);
    ++(answer == nullptr      ? counts_.unreachable
       : answer->status < 400 ? counts_.taken
                              : counts_.refused);
}

void deliverer::report(const client& to, const delivery& due, const outcome& how) const {
    const auto* const answer = std::get_if<transport::http_answer>(&how);
    if (answer != nullptr && answer->status < 400) return;
    const std::string why = answer != nullptr ? "it answered " + std::to_string(answer->status)
                                              : std::string(std::get<transport_error>(how).what());
    with_.log.warning("a webhook was not taken", {{"addon", to.descriptor.key},
                                                  {"room", due.room_id},
                                                  {"oauth_id", to.oauth_id},
                                                  {"why", why}});
}

}  // namespace hipchat::host
