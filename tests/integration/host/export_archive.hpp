#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace hipchat::host::testing {

/// Writes a tar.gz, entry by entry; it is whole once this is gone.
class export_archive {
public:
    explicit export_archive(const std::string& path) : to_(archive_write_new()) {
        archive_write_add_filter_gzip(to_);
        archive_write_set_format_pax_restricted(to_);
        if (archive_write_open_filename(to_, path.c_str()) != ARCHIVE_OK)
            throw std::runtime_error(archive_error_string(to_));
    }
    export_archive(const export_archive&) = delete;
    export_archive& operator=(const export_archive&) = delete;
    ~export_archive() { archive_write_free(to_); }

    export_archive& add(const std::string& name, const std::string& bytes) {
        const entry made = entry_of(name, AE_IFREG);
        archive_entry_set_size(made.get(), static_cast<la_int64_t>(bytes.size()));
        archive_write_header(to_, made.get());
        archive_write_data(to_, bytes.data(), bytes.size());
        return *this;
    }
    export_archive& add_link(const std::string& name, const std::string& target) {
        const entry made = entry_of(name, AE_IFLNK);
        archive_entry_set_symlink(made.get(), target.c_str());
        archive_write_header(to_, made.get());
        return *this;
    }
    export_archive& add_hard_link(const std::string& name, const std::string& target) {
        const entry made = entry_of(name, AE_IFREG);
        archive_entry_set_hardlink(made.get(), target.c_str());
        archive_write_header(to_, made.get());
        return *this;
    }

private:
    struct freed {
        void operator()(archive_entry* made) const noexcept { archive_entry_free(made); }
    };
    using entry = std::unique_ptr<archive_entry, freed>;

    static entry entry_of(const std::string& name, unsigned type) {
        entry made(archive_entry_new());
        archive_entry_set_pathname(made.get(), name.c_str());
        archive_entry_set_filetype(made.get(), type);
        archive_entry_set_perm(made.get(), 0644);
        return made;
    }

    archive* to_;
};

}  // namespace hipchat::host::testing
