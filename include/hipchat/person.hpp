#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace hipchat {

/// Who acted (addon-side.md 5.3).
class person {
public:
    person(std::int64_t id, std::string name, std::string mention_name)
        : id_(id), name_(std::move(name)), mention_name_(std::move(mention_name)) {}

    /// 0 when the host gave a name only.
    std::int64_t id() const noexcept { return id_; }
    const std::string& name() const noexcept { return name_; }
    /// Without the '@'; may be empty.
    const std::string& mention_name() const noexcept { return mention_name_; }

private:
    std::int64_t id_;
    std::string name_;
    std::string mention_name_;
};

}  // namespace hipchat
