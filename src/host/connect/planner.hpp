#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/worker_pool.hpp"
#include "host/core/clients.hpp"
#include "host/core/deliveries.hpp"
#include "host/core/people.hpp"
#include "host/core/rooms.hpp"

namespace hipchat::host {

/// Reads the change feed with a cursor of its own and turns changes into deliveries. The deliveries
/// and the cursor are stored in one transaction, so that a change is planned once, whenever the
/// host is stopped. Loop thread only.
class planner {
public:
    /// What planning looks at.
    struct sources {
        event_loop& loop;
        database& store;
        const feed& news;
        const clients& installed;
        const rooms& places;
        const people& persons;
        std::string base_url;
    };

    /// @param cursor  planned_until()
    /// @param planned called with what was stored, in order
    planner(sources from, background& work, feed& news, std::int64_t cursor,
            std::function<void(std::vector<delivery>)> planned);

    /// Starts on what is not planned yet.
    void wake();
    void stop() noexcept { stopped_ = true; }

    /// How many changes there may be that are not planned yet.
    std::uint64_t behind() const noexcept {
        return feed_.newest() > cursor_ ? static_cast<std::uint64_t>(feed_.newest() - cursor_) : 0;
    }

private:
    task<> run();
    task<> plan_batch();
    room_ptr room_of(const change& made) const;
    task<> plan(change_ptr made, std::vector<delivery>& due);
    task<bool> matches(std::shared_ptr<const protocol::pattern> pattern, std::string subject);

    sources from_;
    background& work_;
    feed& feed_;
    std::int64_t cursor_;
    std::function<void(std::vector<delivery>)> planned_;
    bool running_ = false;
    bool stopped_ = false;
    worker_pool slow_patterns_;
    feed::subscription listening_;
};

}  // namespace hipchat::host
