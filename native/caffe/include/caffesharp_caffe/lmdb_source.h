// Included first in Caffe's two source files that use LMDB (util/db.cpp, util/db_lmdb.cpp). Caffe opens an environment
// for every data layer, but LMDB's locks belong to the process: a second environment of one folder in a process resets
// the locks of the first. The functions below give every reader of a folder the same environment, and say what is wrong
// with a folder that cannot be opened.
#ifndef CAFFESHARP_CAFFE_LMDB_SOURCE_H_
#define CAFFESHARP_CAFFE_LMDB_SOURCE_H_

#include <lmdb.h>

#include "caffesharp_caffe/every_source.h"

namespace caffesharp {

// mdb_env_open, which may put an environment that is open already in the place of *environment. Throws
// caffesharp::Error where LMDB's function would return a failure.
int OpenLmdb(MDB_env** environment, const char* path, unsigned int flags, mdb_mode_t mode);
// mdb_env_close, once the last user closes.
void CloseLmdb(MDB_env* environment);
// mdb_put, which gives up the transaction where Caffe will leave it behind, with the lock that it holds.
int PutLmdb(MDB_txn* transaction, MDB_dbi database, MDB_val* key, MDB_val* value, unsigned int flags);

}  // namespace caffesharp

#define mdb_env_open(environment, ...) ::caffesharp::OpenLmdb(&(environment), __VA_ARGS__)
#define mdb_env_close(environment) ::caffesharp::CloseLmdb(environment)
#define mdb_put(...) ::caffesharp::PutLmdb(__VA_ARGS__)

#endif  // CAFFESHARP_CAFFE_LMDB_SOURCE_H_
