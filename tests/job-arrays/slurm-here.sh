# shellcheck shell=bash
# A Slurm of one node for a test: all of its files are in one folder, its ports are its own, and the machine's configuration is left alone. Sourced.

SLURM_FOLDER=

# start_slurm FOLDER
start_slurm() {
  SLURM_FOLDER=$1
  mkdir -p "$SLURM_FOLDER/state" "$SLURM_FOLDER/spool"
  head -c 1024 /dev/urandom > "$SLURM_FOLDER/munge.key"
  chmod 400 "$SLURM_FOLDER/munge.key"
  cat > "$SLURM_FOLDER/slurm.conf" << END
ClusterName=test
SlurmctldHost=localhost
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$SLURM_FOLDER/munge.socket
CredType=cred/munge
SlurmctldPort=17817
SlurmdPort=17818
StateSaveLocation=$SLURM_FOLDER/state
SlurmdSpoolDir=$SLURM_FOLDER/spool
SlurmctldPidFile=$SLURM_FOLDER/slurmctld.pid
SlurmdPidFile=$SLURM_FOLDER/slurmd.pid
SlurmctldLogFile=$SLURM_FOLDER/slurmctld.log
SlurmdLogFile=$SLURM_FOLDER/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=batch_sched_delay=0,sched_interval=1
SlurmdParameters=config_overrides
KillWait=2
NodeName=localhost CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
  export SLURM_CONF="$SLURM_FOLDER/slurm.conf"
  munged --key-file="$SLURM_FOLDER/munge.key" --socket="$SLURM_FOLDER/munge.socket" --pid-file="$SLURM_FOLDER/munge.pid" \
    --log-file="$SLURM_FOLDER/munge.log" --seed-file="$SLURM_FOLDER/munge.seed" --force 2> /dev/null
  slurmctld
  slurmd -N localhost
}

# job_is_over JOB: no task of it waits or runs.
job_is_over() { ! squeue --noheader --states=all --job="$1" --format=%T 2> /dev/null | grep -q -v 'COMPLETED\|FAILED\|CANCELLED'; }

task_waits_for_its_time() { [[ "$(squeue --noheader --job="$1" --format=%r)" == BeginTime ]]; }

# Ends the services, and waits until they have written the last of their files.
stop_slurm() {
  local service pid end
  [[ -n "$SLURM_FOLDER" ]] || return 0
  for service in slurmd slurmctld munge; do
    pid=$(cat "$SLURM_FOLDER/$service.pid" 2> /dev/null) || continue
    kill "$pid" 2> /dev/null || continue
    end=$((SECONDS + 20))
    while kill -0 "$pid" 2> /dev/null; do
      ((SECONDS < end)) || kill -KILL "$pid"
      sleep 0.1
    done
  done
}
