#include "host/api/v2/shared_file.hpp"

#include "host/api/body_limit.hpp"
#include "host/api/fields.hpp"
#include "protocol/multipart.hpp"

namespace hipchat::host {
namespace {

constexpr text_length comment_length{0, 1000};
constexpr std::size_t longest_name = 255;

std::string message_in(const protocol::body_part& metadata) {
    boost::system::error_code flaw;
    const json::value read = json::parse(metadata.bytes, flaw);
    if (flaw || !read.is_object())
        refuse_field("metadata", "format", nullptr, "must be a JSON object");
    return fields(read.get_object()).optional_text("message", comment_length).value_or("");
}

// The last part of a path, without what a header or a page could stumble over.
std::string tidy_file_name(std::string_view sent) {
    const std::size_t slash = sent.find_last_of("/\\");
    if (slash != std::string_view::npos) sent.remove_prefix(slash + 1);
    std::string name(sent);
    std::erase_if(
        name, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; });
    if (name.find_first_not_of(" .") == std::string::npos) return "file";
    return name;
}

}  // namespace

shared_file read_shared_file(const request& asked) {
    const auto parts = protocol::read_multipart(asked.header("Content-Type"), asked.raw().body);
    if (!parts)
        throw refusal(400,
                      "The body must be multipart/related with a boundary, with the parts "
                      "'metadata' and 'file'");
    shared_file read;
    const protocol::body_part* file = nullptr;
    for (const protocol::body_part& each : *parts) {
        if (each.name == "metadata") read.message = message_in(each);
        if (each.name == "file" || (each.name.empty() && !each.file_name.empty())) file = &each;
    }
    if (file == nullptr) refuse_field("file", "required", nullptr, "is required");
    read.file.name = tidy_file_name(file->file_name);
    if (read.file.name.size() > longest_name)
        refuse_field("file", "max_length", json::string(read.file.name),
                     "must have a name of at most 255 bytes");
    read.file.content_type = file->content_type;
    read.file.bytes = file->bytes;
    read.file.is_base64 = file->is_base64;
    read.file.most = most_file_bytes;
    return read;
}

}  // namespace hipchat::host
