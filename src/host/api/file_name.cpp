#include "host/api/file_name.hpp"

#include "host/api/fields.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t longest_name = 255;

}  // namespace

std::string tidy_file_name(std::string_view sent) {
    const std::size_t slash = sent.find_last_of("/\\");
    if (slash != std::string_view::npos) sent.remove_prefix(slash + 1);
    std::string name(sent);
    std::erase_if(
        name, [](char each) { return static_cast<unsigned char>(each) < 0x20 || each == 0x7f; });
    if (name.find_first_not_of(" .") == std::string::npos) return "file";
    if (name.size() > longest_name)
        refuse_field("file", "max_length", json::string(name),
                     "must have a name of at most 255 bytes");
    return name;
}

json::object file_member(const kept_file& of) {
    json::object file;
    file["name"] = of.name;
    file["size"] = of.size;
    file["url"] = of.path();
    return file;
}

}  // namespace hipchat::host
