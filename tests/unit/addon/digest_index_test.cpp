// A digest is found where it was put, whatever was put and removed around it.

#include "addon/digest_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace hipchat::addons {
namespace {

// A digest whose place in the table is that of others with the same home.
protocol::sha256_digest digest(std::uint32_t home, std::uint8_t rest) {
    protocol::sha256_digest made{};
    std::memcpy(made.data(), &home, sizeof home);
    made.back() = rest;
    return made;
}

class an_index : public ::testing::Test {
protected:
    std::optional<std::uint32_t> find(const protocol::sha256_digest& wanted) const {
        return index_.find(wanted, [this](std::uint32_t place) { return places_[place]; });
    }
    void insert(const protocol::sha256_digest& given, std::uint32_t place) {
        places_[place] = given;
        index_.insert(given, place);
    }

    std::vector<protocol::sha256_digest> places_ = std::vector<protocol::sha256_digest>(8);
    digest_index index_{8};  // sixteen slots
};

TEST_F(an_index, finds_nothing_when_nothing_was_put_in) {
    EXPECT_FALSE(find(digest(0, 0)));
    EXPECT_FALSE(index_.erase(digest(0, 0), 0));
}

TEST_F(an_index, tells_digests_with_the_same_home_and_hash_apart) {
    insert(digest(3, 1), 0);
    insert(digest(3, 2), 1);
    EXPECT_EQ(find(digest(3, 1)), 0U);
    EXPECT_EQ(find(digest(3, 2)), 1U);
    EXPECT_FALSE(find(digest(3, 3)));
}

TEST_F(an_index, finds_what_was_pushed_on_after_what_pushed_it_is_gone) {
    insert(digest(15, 1), 0);
    insert(digest(15, 2), 1);  // in slot 0
    insert(digest(0, 3), 2);   // in slot 1
    insert(digest(2, 4), 3);   // at home
    EXPECT_TRUE(index_.erase(digest(15, 1), 0));
    EXPECT_FALSE(find(digest(15, 1)));
    EXPECT_EQ(find(digest(15, 2)), 1U);
    EXPECT_EQ(find(digest(0, 3)), 2U);
    EXPECT_EQ(find(digest(2, 4)), 3U);
    EXPECT_FALSE(index_.erase(digest(15, 1), 0));
}

TEST(digest_index, agrees_with_a_list_over_many_random_changes) {
    constexpr std::uint32_t capacity = 32;
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same changes each time
    std::vector<protocol::sha256_digest> places(capacity);
    std::vector<bool> used(capacity);
    digest_index index(capacity);
    const auto at = [&](std::uint32_t place) { return places[place]; };
    for (int change = 0; change < 20'000; ++change) {
        const std::uint32_t place = random() % capacity;
        if (used[place]) {
            ASSERT_TRUE(index.erase(places[place], place));
            used[place] = false;
        } else {
            // Few homes, so that they run into each other; a byte of its own for each place.
            places[place] = digest(random() % 8, static_cast<std::uint8_t>(place));
            index.insert(places[place], place);
            used[place] = true;
        }
        for (std::uint32_t each = 0; each < capacity; ++each)
            if (used[each]) {
                ASSERT_EQ(index.find(places[each], at), each) << "after change " << change;
            }
    }
    ASSERT_NE(std::ranges::count(used, true), 0);
}

}  // namespace
}  // namespace hipchat::addons
