// Where the add-ons of one process lie, and what each keeps for itself.

#include "addon/process/placed.hpp"

#include <gtest/gtest.h>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

class placed_addons : public ::testing::Test {
protected:
    placed_addons() {
        greeter_.about.key = "greeter";
        karma_.about.key = "karma";
        given_.store = "sqlite:./bots.db";
    }

    detail::declaration greeter_;
    detail::declaration karma_;
    settings given_;
    const std::string base_ = "https://x.test/bots";
};

TEST_F(placed_addons, one_alone_has_the_settings_as_they_are) {
    const auto placed = place({&greeter_}, given_, base_);
    ASSERT_EQ(placed.size(), 1U);
    EXPECT_EQ(placed[0].path, "");
    EXPECT_EQ(placed[0].given.base_url, base_);
    EXPECT_EQ(placed[0].given.store, "sqlite:./bots.db");
}

TEST_F(placed_addons, one_alone_may_say_where_it_lies) {
    greeter_.path = "/hello";
    const auto placed = place({&greeter_}, given_, base_);
    EXPECT_EQ(placed.at(0).given.base_url, base_ + "/hello");
    EXPECT_EQ(placed.at(0).given.store, "sqlite:./bots.db");
}

TEST_F(placed_addons, several_have_a_path_and_a_store_each) {
    karma_.path = "/points";
    const auto placed = place({&greeter_, &karma_}, given_, base_);
    ASSERT_EQ(placed.size(), 2U);
    EXPECT_EQ(placed[0].given.base_url, base_ + "/greeter");
    EXPECT_EQ(placed[0].given.store, "sqlite:./bots-greeter.db");
    EXPECT_EQ(placed[1].given.base_url, base_ + "/points");
    EXPECT_EQ(placed[1].given.store, "sqlite:./bots-karma.db");
}

TEST_F(placed_addons, refuse_what_cannot_mean_several) {
    EXPECT_THROW(place({}, given_, base_), config_error);
    EXPECT_THROW(place({&greeter_, &greeter_}, given_, base_), config_error);
    given_.name = "One";
    EXPECT_NO_THROW(place({&greeter_}, given_, base_));
    EXPECT_THROW(place({&greeter_, &karma_}, given_, base_), config_error);
}

TEST(store_of_one_among_several, has_the_key_before_the_files_suffix) {
    EXPECT_EQ(store_of("sqlite:./bots.db", "karma"), "sqlite:./bots-karma.db");
    EXPECT_EQ(store_of("sqlite:/var/lib/v1.2/bots", "karma"), "sqlite:/var/lib/v1.2/bots-karma");
    EXPECT_EQ(store_of("sqlite:bots", "karma"), "sqlite:bots-karma");
    EXPECT_EQ(store_of("sqlite:.bots", "karma"), "sqlite:.bots-karma");
    EXPECT_EQ(store_of("memory:", "karma"), "memory:");
}

TEST(store_of_one_among_several, stays_in_its_folder_whatever_the_key_is) {
    EXPECT_EQ(store_of("sqlite:./bots.db", "../../etc/x"), "sqlite:./bots-..%2F..%2Fetc%2Fx.db");
}

}  // namespace
}  // namespace hipchat::addons
