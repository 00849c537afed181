#include "host/connect/planner.hpp"

#include <utility>

#include "base/random.hpp"
#include "host/core/plan.hpp"

namespace hipchat::host {
namespace {

constexpr std::int64_t batch = 100;
constexpr std::size_t jti_length = 20;

}  // namespace

planner::planner(sources from, background& work, feed& news, std::int64_t cursor,
                 std::function<void(std::vector<delivery>)> planned)
    : from_(std::move(from)),
      work_(work),
      feed_(news),
      cursor_(cursor),
      planned_(std::move(planned)),
      slow_patterns_(1, 1000),
      listening_(news.subscribe([this](const change_ptr&) { wake(); })) {
}

void planner::wake() {
    if (running_ || stopped_ || cursor_ >= feed_.newest()) return;
    running_ = true;
    work_.run("planning deliveries", run());
}

task<> planner::run() {
    try {
        while (!stopped_ && cursor_ < feed_.newest()) {
            task<> planning = plan_batch();
            co_await planning;
        }
    } catch (...) {
        running_ = false;
        throw;
    }
    running_ = false;
}

task<> planner::plan_batch() {
    task<std::vector<change_ptr>> reading = feed_.after(cursor_, batch);
    const std::vector<change_ptr> fresh = co_await reading;
    if (fresh.empty()) co_return;
    std::vector<delivery> due;
    for (const change_ptr& each : fresh) {
        task<> planning = plan(each, due);
        co_await planning;
    }
    const std::int64_t until = fresh.back()->seq;
    const auto write = [&due, until](connection& on) { return store_plan(on, due, until); };
    task<std::vector<delivery>> writing = from_.store.write(write);
    std::vector<delivery> stored = co_await writing;
    cursor_ = until;
    planned_(std::move(stored));
}

// As it is now, or as it was when the change was made, if it is gone since.
room_ptr planner::room_of(const change& made) const {
    room_ptr known = from_.places.find(made.room_id);
    if (known || !made.content.contains("room")) return known;
    return std::make_shared<const room>(room_in(made.content));
}

task<> planner::plan(change_ptr made, std::vector<delivery>& due) {
    const room_ptr where = room_of(*made);
    if (!where || !is_told(*made)) co_return;
    const std::string subject(subject_of(*made).value_or(""));
    const std::vector<person> mentioned = from_.persons.mentioned_in(subject);
    const std::vector<client_ptr> reached = from_.installed.reaching(made->room_id);
    for (const client_ptr& owner : reached) {
        for (const hook& each : owner->hooks) {
            if (!concerns(*made, *owner, each)) continue;
            task<bool> matching = matches(subject_of(*made) ? each.pattern : nullptr, subject);
            const bool found = co_await matching;
            if (!found) continue;
            delivery planned;
            planned.seq = made->seq;
            planned.room_id = made->room_id;
            planned.oauth_id = owner->oauth_id;
            planned.hook_id = each.id;
            planned.jti = random_alphanumeric(jti_length);
            planned.user_id = user_of(*made);
            planned.body =
                json::serialize(payload_of(*made, *where, *owner, each, from_.base_url, mentioned));
            due.push_back(std::move(planned));
        }
    }
}

task<bool> planner::matches(std::shared_ptr<const protocol::pattern> pattern, std::string subject) {
    if (!pattern) co_return true;
    if (!pattern->slow()) co_return pattern->found_in(subject);
    const auto search = [pattern, subject] { return pattern->found_in(subject); };
    task<bool> searching = slow_patterns_.run(from_.loop, search);
    co_return co_await searching;
}

}  // namespace hipchat::host
