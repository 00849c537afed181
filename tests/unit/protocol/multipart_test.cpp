#include "protocol/multipart.hpp"

#include <gtest/gtest.h>

#include "protocol/base64url.hpp"

namespace hipchat::protocol {
namespace {

const std::string type = "multipart/related; boundary=b1";

std::string with_line_feeds(std::string text) {
    std::erase(text, '\r');
    return text;
}

const std::string metadata_and_file =
    "--b1\r\nContent-Type: application/json; charset=UTF-8\r\n"
    "Content-Disposition: attachment; name=\"metadata\"\r\n\r\n{\"message\":\"see\"}\r\n"
    "--b1\r\nContent-Type: Image/PNG\r\nContent-Transfer-Encoding: BASE64\r\n"
    "Content-Disposition: attachment; name=\"file\"; filename=\"a \\\"b\\\".png\"\r\n\r\n"
    "AAEC\r\n--b1--\r\n";

TEST(multipart, has_parts_with_names_types_and_bytes) {
    const auto parts = read_multipart(type, metadata_and_file);
    ASSERT_TRUE(parts);
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ(parts->at(0).name, "metadata");
    EXPECT_EQ(parts->at(0).content_type, "application/json");
    EXPECT_EQ(parts->at(0).bytes, R"({"message":"see"})");
    EXPECT_EQ(parts->at(1).file_name, "a \"b\".png");
    EXPECT_EQ(parts->at(1).content_type, "image/png");
    EXPECT_TRUE(parts->at(1).is_base64);
    EXPECT_EQ(parts->at(1).bytes, "AAEC");
}

TEST(multipart, may_be_written_with_line_feeds_alone) {
    const std::string body = with_line_feeds(metadata_and_file);
    const auto parts = read_multipart("MultiPart/Related; Boundary=\"b1\"", body);
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->at(1).bytes, "AAEC");
}

TEST(multipart, keeps_bytes_that_only_look_like_a_boundary) {
    const std::string bytes("x--b1\r\n\0\n--b12\r\n\r\n", 18);
    const std::string body = "--b1\r\n\r\n" + bytes + "\r\n--b1--";
    const auto parts = read_multipart(type, body);
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->at(0).bytes, bytes);
}

TEST(multipart, knows_names_beyond_ascii) {
    const auto parts = read_multipart(
        type,
        "--b1\r\nContent-Disposition: form-data; filename=\"x\"; filename*=UTF-8''%C3%A4%20b.txt"
        "\r\n\r\n\r\n--b1--");
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->at(0).file_name, "\xC3\xA4 b.txt");
    EXPECT_EQ(parts->at(0).bytes, "");
}

TEST(multipart, is_refused_in_any_other_form) {
    EXPECT_FALSE(read_multipart("application/json", metadata_and_file));
    EXPECT_FALSE(read_multipart("multipart/related", metadata_and_file));
    EXPECT_FALSE(read_multipart("multipart/related; boundary=other", metadata_and_file));
    for (const std::string body : {"", "--b1--", "--b1", "--b1\r\n", "--b1\r\nA: b\r\n--b1--",
                                   "--b1\r\n\r\nno end", "--b1\r\n\r\nx\r\n--b1"})
        EXPECT_FALSE(read_multipart(type, body)) << body;
    std::string many;
    for (int i = 0; i < 11; ++i)
        many += "--b1\r\n\r\nx\r\n";
    EXPECT_FALSE(read_multipart(type, many + "--b1--"));
    const std::string head(9000, 'h');
    EXPECT_FALSE(read_multipart(type, "--b1\r\nA: " + head + "\r\n\r\nx\r\n--b1--"));
}

TEST(base64, is_read_with_line_breaks_and_without_padding) {
    for (const char* const text : {"Zm9vYg==", "Zm9v\r\nYg==\r\n", "Zm9vYg", "Zm9v\nYg=\n="})
        EXPECT_EQ(base64_decode(text), "foob") << text;
    EXPECT_EQ(base64_decode("+/8="), "\xFB\xFF");
    for (const char* const text : {"-_8=", "Zm 9v", "Z", "Zm9v=Yg"})
        EXPECT_FALSE(base64_decode(text)) << text;
}

}  // namespace
}  // namespace hipchat::protocol
