// Wherever adding or removing a webhook breaks off, nothing goes on in silence (decision 11).

#include "addon/dynamic_webhooks/registration.hpp"
#include "hipchat/errors.hpp"
#include "storage/open.hpp"
#include "with_recorder.hpp"

namespace hipchat::testing {
namespace {

using status = addons::registration::status;

class broken_off_webhook : public with_recorder {
protected:
    void SetUp() override {
        // What the host answers with 500 is repeated until then.
        bot_.calls(call_policy().within(std::chrono::seconds(2)));
        start();
    }

    // As an add-on leaves it that died while it added a webhook of that age, which the host has.
    std::string died_while_adding(std::chrono::seconds age) {
        const std::string id = added("record");
        running_.reset();
        loop_thread thread;
        const auto rewrite = [&]() -> task<> {
            storage::repositories store = storage::open_store(thread.loop(), store_url());
            const std::optional<storage::tenant> of = co_await store.tenants->find(id_);
            const storage::data_partition where{id_, of.value().since,
                                                storage::data_space::library};
            addons::registration half;
            half.name = "record";
            half.at = system_clock().unix_time() - age;
            co_await store.data->set(where, addons::registration_key(id),
                                     addons::write_registration(half));
        };
        thread.run(rewrite);
        start();
        return id;
    }
};

TEST_F(broken_off_webhook, that_the_host_refused_is_nowhere) {
    host_.answer_webhooks(403);
    const room here = room_of(id_);
    error_of<api_error>([&] { return here.add_webhook("record"); });
    host_.obey_webhooks();
    EXPECT_TRUE(host_.webhooks().empty());
    EXPECT_EQ(listed(), std::vector<std::string>());
}

TEST_F(broken_off_webhook, of_which_the_host_did_not_answer_is_refused_and_removed_there) {
    host_.answer_webhooks(500);
    const room here = room_of(id_);
    error_of<api_error>([&] { return here.add_webhook("record"); });
    host_.obey_webhooks();
    EXPECT_EQ(delivered(path_at_host()), 410);
    EXPECT_TRUE(host_.wait_for_webhooks(0));
    EXPECT_EQ(listed(), std::vector<std::string>());
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(broken_off_webhook, goes_when_its_room_is_asked_for_its_webhooks) {
    host_.answer_webhooks(500);
    const room here = room_of(id_);
    error_of<api_error>([&] { return here.add_webhook("record"); });
    host_.obey_webhooks();
    EXPECT_EQ(listed(), std::vector<std::string>());
    EXPECT_TRUE(host_.webhooks().empty());
}

TEST_F(broken_off_webhook, may_be_delivered_before_its_adding_has_ended) {
    const std::string id = died_while_adding(std::chrono::seconds(1));
    EXPECT_EQ(delivered(at(id_, id)), 204);
    EXPECT_TRUE(recorded_.wait_for(1));
}

TEST_F(broken_off_webhook, whose_adding_a_crash_ended_is_refused_and_removed_at_the_host) {
    const std::string id = died_while_adding(std::chrono::hours(1));
    EXPECT_EQ(delivered(at(id_, id)), 410);
    EXPECT_TRUE(host_.wait_for_webhooks(0));
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(broken_off_webhook, that_nobody_ever_added_is_refused_and_removed_at_the_host) {
    const std::string id = added("record");
    host_.remove_client(id_);
    ASSERT_EQ(running_->uninstall(id_).status, 204);
    installed_in(*running_);
    ASSERT_EQ(host_.webhooks().size(), 1U) << "this host forgets to remove it";
    EXPECT_EQ(delivered(at(id_, id)), 410);
    EXPECT_TRUE(host_.wait_for_webhooks(0));
}

TEST_F(broken_off_webhook, that_the_host_did_not_remove_is_refused_and_can_be_removed_again) {
    const std::string id = added("record");
    const room here = room_of(id_);
    host_.answer_webhooks(403);
    error_of<api_error>([&] { return here.remove_webhook(id); });
    EXPECT_EQ(delivered(at(id_, id)), 410);
    EXPECT_EQ(listed(), std::vector<std::string>());
    ASSERT_EQ(host_.webhooks().size(), 1U);
    host_.obey_webhooks();
    EXPECT_TRUE(result_of([&] { return here.remove_webhook(id); }));
    EXPECT_TRUE(host_.webhooks().empty());
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(broken_off_webhook, that_the_host_has_lost_can_be_removed) {
    const std::string id = added("record");
    host_.answer_webhooks(404);
    const room here = room_of(id_);
    EXPECT_TRUE(result_of([&] { return here.remove_webhook(id); }));
    EXPECT_EQ(listed(), std::vector<std::string>());
}

}  // namespace
}  // namespace hipchat::testing
