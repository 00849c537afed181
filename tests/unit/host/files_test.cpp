#include "host/core/files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "host/core/pictures.hpp"
#include "opened_store.hpp"

namespace hipchat::host {
namespace {

class kept_files : public ::testing::Test {
protected:
    files opened() {
        return {core_.loop, core_.time, core_.store(),
                core_.work, core_.news, folder_.file("files"),
                core_.on()};
    }
    std::optional<kept_file> keep(files& in, std::string_view bytes, bool is_base64 = false) {
        return core_.run(in.keep({.name = "a.txt",
                                  .content_type = "text/plain",
                                  .bytes = bytes,
                                  .is_base64 = is_base64,
                                  .most = 5}));
    }
    std::size_t on_disk() const {
        const std::filesystem::directory_iterator all(folder_.file("files"));
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

    testing::opened_store core_;
    testing::temporary_folder folder_;
};

TEST_F(kept_files, are_read_as_they_were_kept) {
    files kept = opened();
    const auto made = keep(kept, "hello");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->size, 5);
    EXPECT_EQ(file_id_in("http://host" + made->path()), made->id);
    const auto found = core_.run(kept.read(made->id));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->bytes, "hello");
    EXPECT_EQ(found->what.name, "a.txt");
    EXPECT_FALSE(core_.run(kept.read("other")));
}

TEST_F(kept_files, leave_nothing_behind_when_they_are_refused) {
    files kept = opened();
    EXPECT_FALSE(keep(kept, "hello!"));
    EXPECT_FALSE(keep(kept, "***", true));
    EXPECT_EQ(on_disk(), 0U);
    EXPECT_TRUE(keep(kept, "aGVsbG8=", true));
    EXPECT_EQ(on_disk(), 1U);
}

TEST_F(kept_files, are_removed_from_the_disk_when_they_are_dropped) {
    files kept = opened();
    const auto made = keep(kept, "hello");
    ASSERT_TRUE(made);
    core_.run(kept.drop(made->id));
    EXPECT_FALSE(core_.run(kept.read(made->id)));
    core_.loop.run_until([this] { return core_.work.under_way() == 0; });
    EXPECT_EQ(on_disk(), 0U);
}

TEST_F(kept_files, are_removed_with_the_message_that_shared_them) {
    files kept = opened();
    const person ada = core_.run(people(core_.store(), core_.time, core_.on()).named("Ada"));
    const auto made = keep(kept, "hello");
    ASSERT_TRUE(made);
    said what{.text = "look"};
    what.attached["file"] = {{"name", made->name}, {"size", made->size}, {"url", made->path()}};
    const change message = core_.run(core_.act.say({"web", std::nullopt}, 1, ada, std::move(what)));
    const std::string id(message.content.at("id").as_string());
    EXPECT_EQ(core_.run(core_.act.edit(1, id, ada, std::nullopt)), edit_result::done);
    core_.loop.run_until([this] { return on_disk() == 0 && core_.work.under_way() == 0; });
    EXPECT_FALSE(core_.run(kept.read(made->id)));
}

TEST_F(kept_files, that_a_crash_left_half_done_are_removed_at_the_next_start) {
    std::string id;
    {
        files first = opened();
        id = keep(first, "hello")->id;
    }
    std::ofstream(folder_.file("files") + "/stray") << "bytes without a row";
    drop_file(core_.on(), "nobodys");
    files second = opened();
    EXPECT_EQ(on_disk(), 1U);
    EXPECT_TRUE(core_.run(second.read(id)));
    drop_file(core_.on(), id);
    const files third = opened();
    EXPECT_EQ(on_disk(), 0U);
}

TEST(pictures, are_what_their_first_bytes_say) {
    EXPECT_EQ(picture_type_of("\x89PNG\r\n\x1a\n..."), "image/png");
    EXPECT_EQ(picture_type_of("\xFF\xD8\xFF\xE0"), "image/jpeg");
    EXPECT_EQ(picture_type_of("GIF89a"), "image/gif");
    EXPECT_EQ(picture_type_of("RIFF....WEBPVP8 "), "image/webp");
    for (const char* const other : {"", "RIFF....WAVE", "<svg/>", "BM", "\x89PNG"})
        EXPECT_EQ(picture_type_of(other), "") << other;
}

TEST(pictures, are_shown_when_they_are_what_they_were_called) {
    EXPECT_EQ(safe_type_of("image/gif", "GIF89a"), "image/gif");
    EXPECT_EQ(safe_type_of("image/png", "GIF89a"), "application/octet-stream");
    EXPECT_EQ(safe_type_of("text/html", "GIF89a"), "application/octet-stream");
    EXPECT_EQ(safe_type_of("text/plain", "<b>"), "text/plain; charset=utf-8");
}

}  // namespace
}  // namespace hipchat::host
