#pragma once

#include <functional>
#include <list>
#include <memory>
#include <utility>

namespace hipchat::host {

/// Those who want to be told of something, in the order in which they came. One thread.
template <class Event>
class listeners {
public:
    /// Must not throw. It may unsubscribe itself or others.
    using listener = std::function<void(const Event&)>;

    /// Listens as long as it lives; must not outlive the listeners.
    class subscription {
    public:
        subscription() = default;
        subscription(subscription&&) = default;
        subscription& operator=(subscription&&) = default;

    private:
        friend listeners;
        explicit subscription(std::shared_ptr<listener> ear) : ear_(std::move(ear)) {}
        std::shared_ptr<listener> ear_;
    };

    [[nodiscard]] subscription subscribe(listener each) {
        auto ear = std::make_shared<listener>(std::move(each));
        ears_.emplace_back(ear);
        return subscription(std::move(ear));
    }

    void tell(const Event& what) {
        for (auto each = ears_.begin(); each != ears_.end();) {
            if (const std::shared_ptr<listener> ear = each->lock()) {
                (*ear)(what);
                ++each;
            } else {
                each = ears_.erase(each);
            }
        }
    }

private:
    std::list<std::weak_ptr<listener>> ears_;
};

}  // namespace hipchat::host
