// An answer that misses its deadline is posted by the add-on itself, or reported as lost.

#include "running_addon.hpp"
#include "support/gate.hpp"

namespace hipchat::testing {
namespace {

constexpr const char* message = "/event/room_message";

class late_replies : public with_host {
protected:
    static addons::settings impatient() {
        addons::settings given = running_addon::in_memory();
        given.reply_deadline = std::chrono::milliseconds(20);
        return given;
    }

    // Answers "done" once the gate is open, or throws.
    addon made(std::vector<scope> scopes) {
        addon program{{.key = "late", .name = "Late", .scopes = std::move(scopes)}};
        program.on_message("^/wait", [this](room_message&) -> task<notification> {
            gate& held = gate_;
            co_await held;
            co_return notification("done");
        });
        program.on_message("^/fail", [this](room_message&) -> task<notification> {
            gate& held = gate_;
            co_await held;
            throw std::runtime_error("too late and wrong");
        });
        return program;
    }

    void open(running_addon& running) {
        running.thread().call([&] { gate_.open(); });
    }

    gate gate_{false};
};

// proves: addon 5.1 answer
TEST_F(late_replies, are_answered_204_and_posted_by_rest) {
    const addon program = made({scope::send_notification});
    running_addon running(program, impatient());
    installed_in(running);
    EXPECT_EQ(running.deliver(message, room_message_body(id_, "/wait"), token()).status, 204);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
    open(running);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    const seen_request posted = host_.requests(scripted_host::notification_path)[0];
    EXPECT_EQ(json::parse(posted.body).at("message"), "done");
    EXPECT_EQ(running.log().count("late_reply"), 1);
    EXPECT_EQ(counts_of(running).late_replies, 1U);
}

TEST_F(late_replies, are_waited_for_by_a_drain) {
    const addon program = made({scope::send_notification});
    running_addon running(program, impatient());
    installed_in(running);
    EXPECT_EQ(running.deliver(message, room_message_body(id_, "/wait"), token()).status, 204);
    std::future<std::size_t> drained = running.begin_drain();
    EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    open(running);
    EXPECT_EQ(drained.get(), 0U);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 1U);
}

TEST_F(late_replies, are_reported_where_the_scope_is_missing) {
    const addon program = made({scope::view_room});
    running_addon running(program, impatient());
    installed_in(running);
    counter reported;
    running.log().on_line([&](const std::string& line) {
        if (line.find("late_reply") != std::string::npos) reported.add();
    });
    EXPECT_EQ(running.deliver(message, room_message_body(id_, "/wait"), token()).status, 204);
    open(running);
    ASSERT_TRUE(reported.wait_for(1));
    EXPECT_EQ(running.log().count("send_notification"), 1);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
}

TEST_F(late_replies, that_fail_are_logged) {
    const addon program = made({scope::send_notification});
    running_addon running(program, impatient());
    installed_in(running);
    counter reported;
    running.log().on_line([&](const std::string& line) {
        if (line.find("too late and wrong") != std::string::npos) reported.add();
    });
    EXPECT_EQ(
        running.deliver("/event/room_message/2", room_message_body(id_, "/fail"), token()).status,
        204);
    open(running);
    EXPECT_TRUE(reported.wait_for(1));
}

TEST_F(late_replies, that_the_host_refuses_are_logged) {
    const addon program = made({scope::send_notification});
    running_addon running(program, impatient());
    installed_in(running);
    host_.answer(scripted_host::notification_path,
                 transport::http_response::of(403, "text/plain", "no"));
    counter reported;
    running.log().on_line([&](const std::string& line) {
        if (line.find("a late reply could not be posted") != std::string::npos) reported.add();
    });
    EXPECT_EQ(running.deliver(message, room_message_body(id_, "/wait"), token()).status, 204);
    open(running);
    EXPECT_TRUE(reported.wait_for(1));
}

TEST_F(late_replies, do_not_exist_without_a_deadline) {
    addons::settings patient = running_addon::in_memory();
    patient.reply_deadline = std::chrono::milliseconds(0);
    const addon program = made({scope::send_notification});
    running_addon running(program, patient);
    installed_in(running);
    std::future<plain_answer> answer = std::async(std::launch::async, [&] {
        return running.deliver(message, room_message_body(id_, "/wait"), token());
    });
    while (running.thread().call([&] { return gate_.waiting(); }) == 0) {
    }
    open(running);
    EXPECT_EQ(answer.get().status, 200);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
}

}  // namespace
}  // namespace hipchat::testing
