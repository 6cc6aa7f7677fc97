"""Leaves programs the standard library alone, before the snapshot is taken: of all packages in its archive, the
machine code is not there."""

import sys
import sysconfig
import zipimport

ARCHIVE = sysconfig.__spec__.loader.archive
# What a standard library has, what this one was built with, and the time zones, which others have from the system.
STANDARD = sys.stdlib_module_names | {sysconfig._get_sysconfigdata_name(), "tzdata"}


class Library(zipimport.zipimporter):
    """Finds modules in archives; in that of the standard library no others."""

    def find_spec(self, fullname, target=None):
        if self.archive == ARCHIVE and fullname.partition(".")[0] not in STANDARD:
            return None
        return super().find_spec(fullname, target)


sys.path_hooks[0] = Library
sys.path_importer_cache.clear()


