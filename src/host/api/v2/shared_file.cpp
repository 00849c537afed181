#include "host/api/v2/shared_file.hpp"

#include "host/api/body_limit.hpp"
#include "host/api/fields.hpp"
#include "host/api/file_name.hpp"
#include "protocol/multipart.hpp"

namespace hipchat::host {
namespace {

constexpr text_length comment_length{0, 1000};

std::string message_in(const protocol::body_part& metadata) {
    boost::system::error_code flaw;
    const json::value read = json::parse(metadata.bytes, flaw);
    if (flaw || !read.is_object())
        refuse_field("metadata", "format", nullptr, "must be a JSON object");
    return fields(read.get_object()).optional_text("message", comment_length).value_or("");
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
    read.file.content_type = file->content_type;
    read.file.bytes = file->bytes;
    read.file.is_base64 = file->is_base64;
    read.file.most = most_file_bytes;
    return read;
}

}  // namespace hipchat::host
