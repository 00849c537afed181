// A handler's shape decides what happens to the request that carried its event.

#include "hipchat/handler.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "addon/declaration.hpp"
#include "base/spawn.hpp"
#include "hipchat/addon.hpp"

namespace hipchat {
namespace {

struct core {
    int value = 0;
};
struct event {
    explicit event(std::shared_ptr<const core> from) : from_(std::move(from)) {}
    int value() const { return from_->value; }

private:
    std::shared_ptr<const core> from_;
};

// What the library sees of a handler: whether it answers, and with what.
template <class Handler>
std::optional<std::string> outcome_of(Handler handler, bool answers) {
    const auto erased = detail::erase_handler<event, core>(std::move(handler));
    EXPECT_EQ(erased.answers, answers);
    std::optional<std::string> said;
    auto calling = [](const detail::erased_handler<core>& call,
                      std::optional<std::string>& into) -> task<> {
        auto working = call.call(std::make_shared<const core>(core{42}));
        const std::optional<notification> answer = co_await working;
        if (answer) into = answer->message();
    };
    run_ready(calling(erased, said));
    return said;
}

static_assert(!detail::answers<void>);
static_assert(!detail::answers<task<>>);
static_assert(detail::answers<notification>);
static_assert(detail::answers<task<notification>>);
static_assert(detail::answers<std::string>);
static_assert(detail::answers<const char*>);
static_assert(detail::handler_result<task<std::string>>);
static_assert(!detail::handler_result<int>);
static_assert(!detail::handler_result<task<int>>);

TEST(handler, that_returns_nothing_is_acknowledged_at_once) {
    int seen = 0;
    EXPECT_EQ(outcome_of([&](event& e) { seen = e.value(); }, false), std::nullopt);
    EXPECT_EQ(seen, 42);
}

TEST(handler, that_is_a_task_is_acknowledged_at_once) {
    int seen = 0;
    const auto handle = [&seen](event& e) -> task<> {
        seen = e.value();
        co_return;
    };
    EXPECT_EQ(outcome_of(handle, false), std::nullopt);
    EXPECT_EQ(seen, 42);
}

TEST(handler, that_returns_text_answers_with_it) {
    EXPECT_EQ(outcome_of([](event&) { return "literal"; }, true), "literal");
    EXPECT_EQ(outcome_of([](event&) { return std::string("text"); }, true), "text");
}

TEST(handler, that_returns_a_notification_answers_with_it) {
    const auto handle = [](event&) { return notification("said").in(color::green); };
    EXPECT_EQ(outcome_of(handle, true), "said");
}

TEST(handler, that_is_a_task_of_an_answer_is_awaited) {
    const auto a_notification = [](event&) -> task<notification> {
        co_return notification("awaited");
    };
    EXPECT_EQ(outcome_of(a_notification, true), "awaited");
    const auto a_text = [](event&) -> task<std::string> { co_return "awaited text"; };
    EXPECT_EQ(outcome_of(a_text, true), "awaited text");
}

TEST(handler, may_take_its_event_as_constant) {
    EXPECT_EQ(outcome_of([](const event&) { return "constant"; }, true), "constant");
}

TEST(handler, keeps_the_state_that_it_owns) {
    auto counter = std::make_unique<int>(0);
    const auto erased = detail::erase_handler<event, core>(
        [owned = std::move(counter)](event&) mutable { return std::to_string(++*owned); });
    std::string last;
    auto calling = [](const detail::erased_handler<core>& call, std::string& into) -> task<> {
        for (int i = 0; i < 3; ++i) {
            auto working = call.call(std::make_shared<const core>());
            const std::optional<notification> said = co_await working;
            into = said->message();
        }
    };
    run_ready(calling(erased, last));
    EXPECT_EQ(last, "3");
}

TEST(handler, passes_on_what_it_throws) {
    const auto plain = [](event&) { throw std::runtime_error("plain"); };
    EXPECT_THROW(outcome_of(plain, false), std::runtime_error);
    const auto awaited = [](event&) -> task<notification> {
        throw std::runtime_error("awaited");
        co_return notification("never");
    };
    EXPECT_THROW(outcome_of(awaited, true), std::runtime_error);
}

TEST(addon, has_a_declaration_for_each_event) {
    addon program{{.key = "k"}};
    program.on_room_enter([](room_enter&) {})
        .on_room_exit([](room_exit&) {})
        .on_room_message([](room_message&) {})
        .on_message([](room_message&) {})
        .on_message("^/a", [](room_message&) {})
        .on_room_notification([](room_notification&) {})
        .on_notification([](room_notification&) {})
        .on_notification("^/a", [](room_notification&) {})
        .on_room_topic_change([](room_topic_change&) {})
        .on_room_created([](room_created&) {})
        .on_room_archived([](room_archived&) {})
        .on_room_unarchived([](room_unarchived&) {})
        .on_room_deleted([](room_deleted&) {})
        .on_room_file_upload([](room_file_upload&) {})
        .command("/a", [](command_call&) {})
        .sub("b", [](command_call&) { return "text"; })
        .on_room_enter([](webhook_event&) {});
    EXPECT_EQ(program.declared().hooks.size(), 16U);
}

TEST(addon, takes_a_handler_of_each_shape_for_each_event) {
    addon program{{.key = "k"}};
    program.on_room_enter([](room_enter&) {})
        .on_room_exit([](room_exit&) -> task<> { co_return; })
        .on_message([](room_message& said) { return said.text(); })
        .on_message("^/now",
                    [](room_message&) -> task<notification> { co_return notification("now"); })
        .on_message("^/later", [](room_message&) {});
    program.on_installed([](installed&) {}).on_uninstalled([](uninstalled&) -> task<> {
        co_return;
    });
    const addon moved = std::move(program);
    EXPECT_NO_THROW(moved.declared());
}

}  // namespace
}  // namespace hipchat
