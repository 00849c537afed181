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

template <class Result, class Answer = notification>
concept handler_result = std::is_void_v<typename task_result<Result>::type>
                         || std::convertible_to<typename task_result<Result>::type, Answer>;

/// True if a handler of that result type answers the request itself.
template <class Result>
constexpr bool answers = !std::is_void_v<typename task_result<Result>::type>;

/// A handler, erased. `call` makes the event from its core and runs the handler on it.
/// @tparam Answer what a handler that answers is turned into
template <class Core, class Answer = notification>
struct erased_handler {
    bool answers = false;
    std::function<task<std::optional<Answer>>(std::shared_ptr<const Core>)> call = {};
};

template <class Event, class Core, class Answer, class Handler>
task<std::optional<Answer>> call_handler(std::shared_ptr<Handler> handler,
                                         std::shared_ptr<const Core> core) {
    using result = std::invoke_result_t<Handler&, Event&>;
    Event event(std::move(core));
    if constexpr (!task_result<result>::is_task) {
        if constexpr (std::is_void_v<result>) {
            (*handler)(event);
            co_return std::nullopt;
        } else {
            co_return Answer((*handler)(event));
        }
    } else {
        auto running = (*handler)(event);
        if constexpr (answers<result>) {
            auto answer = co_await running;
            co_return Answer(std::move(answer));
        } else {
            co_await running;
            co_return std::nullopt;
        }
    }
}

template <class Event, class Core, class Answer = notification, class Handler>
erased_handler<Core, Answer> erase_handler(Handler handler) {
    static_assert(std::invocable<Handler&, Event&>,
                  "this handler's parameter must be a reference to the event it is registered for");
    if constexpr (std::invocable<Handler&, Event&>) {
        using result = std::invoke_result_t<Handler&, Event&>;
        static_assert(handler_result<result, Answer>,
                      "a handler of this kind may not return this type: void, task<>, or what it "
                      "answers with, or a task of that");
        auto shared = std::make_shared<Handler>(std::move(handler));
        return {answers<result>, [shared](std::shared_ptr<const Core> core) {
                    return call_handler<Event, Core, Answer, Handler>(shared, std::move(core));
                }};
    } else {
        return {};
    }
}

}  // namespace hipchat::detail
