#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "hipchat/notification.hpp"
#include "hipchat/task.hpp"

// How a handler of any allowed shape becomes one kind of call. Its return type decides what happens
// to the request that carried the event:
//
//   void, task<>                      acknowledged at once; the handler's work goes on
//   notification, text, task of one   awaited; the answer is posted to the room
namespace hipchat::detail {

template <class T>
struct task_result {
    static constexpr bool is_task = false;
    using type = T;
};
template <class T>
struct task_result<task<T>> {
    static constexpr bool is_task = true;
    using type = T;
};

template <class Result>
concept handler_result = std::is_void_v<typename task_result<Result>::type>
                         || std::convertible_to<typename task_result<Result>::type, notification>;

/// True if a handler of that result type answers the request itself.
template <class Result>
constexpr bool answers = !std::is_void_v<typename task_result<Result>::type>;

/// A handler, erased. `call` makes the event from its core and runs the handler on it.
template <class Core>
struct erased_handler {
    bool answers = false;
    std::function<task<std::optional<notification>>(std::shared_ptr<const Core>)> call = {};
};

template <class Event, class Core, class Handler>
task<std::optional<notification>> call_handler(std::shared_ptr<Handler> handler,
                                               std::shared_ptr<const Core> core) {
    using result = std::invoke_result_t<Handler&, Event&>;
    Event event(std::move(core));
    if constexpr (!task_result<result>::is_task) {
        if constexpr (std::is_void_v<result>) {
            (*handler)(event);
            co_return std::nullopt;
        } else {
            co_return notification((*handler)(event));
        }
    } else {
        auto running = (*handler)(event);
        if constexpr (answers<result>) {
            auto answer = co_await running;
            co_return notification(std::move(answer));
        } else {
            co_await running;
            co_return std::nullopt;
        }
    }
}

template <class Event, class Core, class Handler>
erased_handler<Core> erase_handler(Handler handler) {
    static_assert(std::invocable<Handler&, Event&>,
                  "this handler's parameter must be a reference to the event it is registered for");
    if constexpr (std::invocable<Handler&, Event&>) {
        using result = std::invoke_result_t<Handler&, Event&>;
        static_assert(handler_result<result>,
                      "a handler returns void, task<>, notification or task<notification>");
        auto shared = std::make_shared<Handler>(std::move(handler));
        return {answers<result>, [shared](std::shared_ptr<const Core> core) {
                    return call_handler<Event, Core, Handler>(shared, std::move(core));
                }};
    } else {
        return {};
    }
}

}  // namespace hipchat::detail
