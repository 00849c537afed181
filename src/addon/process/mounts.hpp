#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::addons {

/// Which add-on of a process a request is for: paths are matched below the path of the base URL,
/// and also without it, because a proxy in front may take that part away.
class mounts {
public:
    struct place {
        std::size_t which;       ///< number of the add-on, in the order of add()
        std::string_view below;  ///< what follows its path; begins with '/'
    };

    /// @param base_path path of the base URL, "" or like "/bots"
    explicit mounts(std::string base_path) : base_path_(std::move(base_path)) {}

    /// @param path "" or like "/karma"
    /// Throws config_error if it is no such path, or taken.
    void add(std::string path);

    /// Empty if no add-on lies there. The view points into `path`, or is "/".
    std::optional<place> find(std::string_view path) const noexcept;

    /// `path` without the path of the base URL, if it begins with that.
    std::string_view below_base(std::string_view path) const noexcept;

private:
    struct mount {
        std::string path;  // as given to add()
        std::size_t which;
    };

    std::optional<place> find_mount(std::string_view path) const noexcept;

    std::string base_path_;
    std::vector<mount> mounts_;  // longest path first
};

}  // namespace hipchat::addons
