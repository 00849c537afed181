#include "storage/open.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "hipchat/errors.hpp"
#include "sample_tenant.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_loop.hpp"

namespace hipchat::storage {
namespace {

class stores : public ::testing::Test {
protected:
    std::string refusal(std::string_view url) {
        try {
            open_store(loop_, url);
        } catch (const config_error& error) {
            return error.what();
        }
        return "";
    }

    testing::temporary_folder folder_;
    testing::test_loop loop_;
};

TEST_F(stores, are_a_file_or_memory) {
    const std::string path = folder_.file("new.db");
    const auto file = open_store(loop_, "sqlite:" + path);
    EXPECT_TRUE(std::filesystem::exists(path));
    const auto memory = open_store(loop_, "memory:");
    EXPECT_TRUE(loop_.run(memory.tenants->put(sample_tenant("a"), 0)));
}

TEST_F(stores, of_another_kind_are_refused_with_what_is_allowed) {
    for (const std::string_view url :
         {"", "tenants.db", "mongodb://user:hush@localhost/", "memory", "memory:x", "SQLITE:x"}) {
        const std::string why = refusal(url);
        EXPECT_NE(why.find("AC_STORE"), std::string::npos) << url << ": " << why;
        EXPECT_NE(why.find("sqlite:PATH"), std::string::npos) << url << ": " << why;
        EXPECT_NE(why.find("memory:"), std::string::npos) << url << ": " << why;
        EXPECT_EQ(why.find("hush"), std::string::npos) << url << ": " << why;
    }
}

TEST_F(stores, without_a_file_name_are_refused) {
    EXPECT_NE(refusal("sqlite:").find("names no file"), std::string::npos);
}

TEST_F(stores, in_a_missing_folder_are_refused_by_its_name) {
    const std::string why = refusal("sqlite:" + folder_.file("missing/tenants.db"));
    EXPECT_NE(why.find("AC_STORE"), std::string::npos) << why;
    EXPECT_NE(why.find(folder_.file("missing")), std::string::npos) << why;
    EXPECT_FALSE(std::filesystem::exists(folder_.file("missing")));
}

TEST_F(stores, that_are_folders_are_refused) {
    const std::string why = refusal("sqlite:" + folder_.path().string());
    EXPECT_NE(why.find("is a folder"), std::string::npos) << why;
}

}  // namespace
}  // namespace hipchat::storage
