#include "addon/webhooks/durable_deliveries.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/random.hpp"

namespace hipchat::addons {
namespace {

using std::chrono::milliseconds;

// So many are attempted again at a time: a start with many of them is no stampede, and leaves the
// loop to those that come in.
constexpr std::size_t most_at_once = 8;
constexpr milliseconds pause_after_failure = std::chrono::seconds(5);

}  // namespace

durable_deliveries::~durable_deliveries() {
    stop();
}

task<> durable_deliveries::begin(attempt run) {
    run_ = std::move(run);
    task<std::size_t> reviving = parts_.store.revive();
    const std::size_t left = co_await reviving;
    if (left > 0) parts_.log.info("stored deliveries are taken up", {{"count", left}});
    run_due();
}

task<std::optional<storage::keep_result>> durable_deliveries::keep(
    storage::kept_delivery value, std::optional<protocol::sha256_digest> key) {
    std::optional<storage::keep_result> said;
    const std::string route = value.route;
    try {
        task<storage::keep_result> storing = parts_.store.keep(std::move(value), key, parts_.most);
        said = co_await storing;
        if (said->what == storage::keeping::full)
            parts_.log.warning("a delivery was refused: too many are stored",
                               {{"route", route}, {"AC_DURABLE_DELIVERIES", parts_.most}});
    } catch (const std::exception& failed) {
        parts_.log.error("a delivery could not be stored",
                         {{"route", route}, {"error", failed.what()}});
    }
    if (said && said->what == storage::keeping::kept) ++counts_.kept;
    if (!said || said->what == storage::keeping::full) ++counts_.refused;
    co_return said;
}

void durable_deliveries::start(storage::kept_delivery one,
                               std::function<task<delivery_event>()> first) {
    parts_.beside(
        [this, one = std::move(one), first = std::move(first)] { return run_first(one, first); });
}

// A turn of the loop later, so that the acknowledgement is sent before the handler begins.
task<> durable_deliveries::run_first(storage::kept_delivery one,
                                     std::function<task<delivery_event>()> first) {
    const resume_on next_turn(parts_.loop);
    co_await next_turn;
    task<delivery_event> running = first();
    const delivery_event came_of_it = co_await running;
    task<> settling = settle(one, came_of_it);
    co_await settling;
}

void durable_deliveries::run_due() {
    look_again_ = true;
    if (taking_ || stopped_ || !run_) return;
    taking_ = true;
    parts_.beside([this] { return take(); });
}

task<> durable_deliveries::take() {
    bool failed = false;
    try {
        while (std::exchange(look_again_, false)) {
            task<> taking = take_while_free();
            co_await taking;
        }
    } catch (const std::exception& error) {
        failed = true;
        parts_.log.error("stored deliveries could not be read", {{"error", error.what()}});
    }
    taking_ = false;
    if (failed) wake_at(now() + pause_after_failure);
}

task<> durable_deliveries::take_while_free() {
    while (!stopped_ && running_again_ < most_at_once) {
        task<std::vector<storage::kept_delivery>> taking =
            parts_.store.take(now(), most_at_once - running_again_);
        std::vector<storage::kept_delivery> taken = co_await taking;
        if (taken.empty()) break;
        running_again_ += taken.size();
        for (storage::kept_delivery& one : taken)
            parts_.beside([this, one = std::move(one)] { return run_again(one); });
    }
    // Whoever ends looks again; else the clock does.
    if (running_again_ == most_at_once) co_return;
    task<std::optional<milliseconds>> looking = parts_.store.next_due();
    const std::optional<milliseconds> next = co_await looking;
    if (next) wake_at(*next);
}

task<> durable_deliveries::run_again(storage::kept_delivery one) {
    delivery_event came_of_it = delivery_event::taken;
    const delivery_step first = step_after(came_of_it, one.attempt, now(), share_of_one());
    if (first.what == delivery_step::action::run) {
        ++counts_.retried;
        task<delivery_event> running = run_(one);
        came_of_it = co_await running;
    }
    task<> settling = settle(one, came_of_it);
    co_await settling;
    --running_again_;
    run_due();
}

task<> durable_deliveries::settle(const storage::kept_delivery& one, delivery_event event) {
    const delivery_step next = step_after(event, one.attempt, now(), share_of_one());
    tell(one, event, next);
    try {
        using action = delivery_step::action;
        task<> marking = next.what == action::postpone ? parts_.store.postpone(one.id, next.due)
                         : next.what == action::bury   ? parts_.store.bury(one.id)
                                                       : parts_.store.remove(one.id);
        co_await marking;
        if (next.what == action::postpone) wake_at(next.due);
    } catch (const std::exception& failed) {
        parts_.log.error("a stored delivery could not be marked; it runs again after a restart",
                         {{"route", one.route}, {"error", failed.what()}});
    }
}

void durable_deliveries::tell(const storage::kept_delivery& one, delivery_event event,
                              delivery_step next) {
    if (next.what == delivery_step::action::drop) {
        ++counts_.dropped;
        parts_.log.warning("a stored delivery was dropped",
                           {{"route", one.route},
                            {"tenant", one.oauth_id},
                            {"why", event == delivery_event::void_tenant
                                        ? "its tenant is not installed any more"
                                        : "no durable handler takes it any more"}});
    }
    if (next.what == delivery_step::action::bury) {
        ++counts_.dead;
        parts_.log.error("a stored delivery is given up",
                         {{"route", one.route},
                          {"tenant", one.oauth_id},
                          {"attempts", std::min(one.attempt, most_attempts)},
                          {"delivery", one.id}});
    }
}

void durable_deliveries::wake_at(milliseconds due) {
    if (stopped_ || (wake_up_ != 0 && wakes_at_ <= due)) return;
    if (wake_up_ != 0) parts_.loop.cancel(wake_up_);
    wakes_at_ = due;
    wake_up_ = parts_.loop.call_after(std::max(due - now(), milliseconds(0)), [this] {
        wake_up_ = 0;
        run_due();
    });
}

void durable_deliveries::stop() {
    stopped_ = true;
    if (wake_up_ != 0) parts_.loop.cancel(std::exchange(wake_up_, 0));
}

milliseconds durable_deliveries::now() const {
    return std::chrono::duration_cast<milliseconds>(parts_.time.now().time_since_epoch());
}

}  // namespace hipchat::addons
