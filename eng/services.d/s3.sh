# Ceph's S3 gateway in front of a cluster of one monitor and one storage daemon that keeps its objects in memory.
# shellcheck shell=bash

S3_BUCKET=ledgerlift-test
S3_REGION=us-east-1
S3_ACCESS_KEY=ledgerlift

s3_create() {
  local folder=$DATA/s3 conf=$DATA/s3/ceph.conf fsid osd
  fsid=$(cat /proc/sys/kernel/random/uuid)
  osd=$(cat /proc/sys/kernel/random/uuid)
  mkdir -p "$folder"/{mon,osd,gateway}
  claim_port s3-gateway
  claim_port s3-mon
  s3_configuration "$fsid" >"$conf"
  s3_keys "$folder/keyring"
  monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$(port_of s3-mon)]" "$folder/monmap"
  ceph-mon -c "$conf" -i a --mkfs --monmap "$folder/monmap" --keyring "$folder/keyring"
  launch s3-mon ceph-mon -c "$conf" -i a -f
  timeout 60 ceph -c "$conf" osd new "$osd"
  ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$osd"
  launch s3-osd ceph-osd -c "$conf" -i 0 -f
  s3_launch_gateway
  timeout 60 radosgw-admin -c "$conf" user create --uid=ledgerlift --display-name=ledgerlift \
    --access-key="$S3_ACCESS_KEY" --secret-key="$(password)"
  wait_until 60 s3_request PUT "/$S3_BUCKET" 2>/dev/null
  s3_request PUT "/$S3_BUCKET?cors=" "$(s3_cors)"
}

s3_configuration() { # FSID
  cat <<CONF
[global]
fsid = $1
mon host = [v2:127.0.0.1:$(port_of s3-mon)]
ms bind msgr1 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $DATA/s3/keyring
mon data = $DATA/s3/mon
osd data = $DATA/s3/osd
rgw data = $DATA/s3/gateway
# Messages go to stderr, which launch leads to a file; sockets for administration are not needed.
log to file = false
log to stderr = true
admin socket =
pid file =
# One storage daemon in memory holds the only copy of everything.
osd objectstore = memstore
memstore device bytes = 4294967296
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
# Every pool made at the first start is a decision of the monitor; by default it gathers them for a second each.
paxos propose interval = 0.05
debug rocksdb = 0
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$(port_of s3-gateway)
rgw dynamic resharding = false
# Deleted objects leave the memory within a minute, or a campaign of uploads fills it; the default is two hours.
rgw gc obj min wait = 20
rgw gc processor period = 20
CONF
}

s3_keys() { # KEYRING
  ceph-authtool "$1" --create-keyring --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$1" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
  ceph-authtool "$1" --gen-key -n client.rgw --cap mon 'allow rwx' --cap osd 'allow rwx'
  ceph-authtool "$1" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
}

# What a browser needs that uploads with a signed URL and reads back what it stored.
s3_cors() {
  local method
  echo '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedHeader>*</AllowedHeader>'
  for method in PUT GET HEAD POST; do echo "<AllowedMethod>$method</AllowedMethod>"; done
  for method in ETag x-amz-request-id x-amz-version-id; do echo "<ExposeHeader>$method</ExposeHeader>"; done
  echo '</CORSRule></CORSConfiguration>'
}

# Monitor and storage cannot come back with what they held in memory; only the gateway is started again.
s3_start() {
  alive s3 s3-mon && alive s3 s3-osd || return 1
  alive s3 s3-gateway || s3_launch_gateway
}

s3_launch_gateway() { launch s3-gateway radosgw -c "$DATA/s3/ceph.conf" -n client.rgw -f; }

# A signed request; exit 1 unless the answer is a success. The secret goes through a descriptor, not the command line.
s3_request() { # METHOD PATH [BODY]
  local hash
  hash=$(printf %s "${3-}" | sha256sum)
  curl --disable --silent --show-error --fail --noproxy '*' --max-time 10 --aws-sigv4 "aws:amz:$S3_REGION:s3" \
    --config <(echo "user = \"$S3_ACCESS_KEY:$(password)\"") --header "x-amz-content-sha256: ${hash%% *}" \
    --header 'Content-Type: application/octet-stream' --request "$1" --data-binary "${3-}" \
    "http://127.0.0.1:$(port_of s3-gateway)$2"
}

s3_answers() { s3_request GET "/$S3_BUCKET?cors=" 2>/dev/null | grep -q '<AllowedMethod>PUT'; }

s3_settings() {
  local endpoint secret
  endpoint=http://127.0.0.1:$(port_of s3-gateway)
  secret=$(password)
  cat <<ENV
LEDGERLIFT_TEST_S3_ENDPOINT='$endpoint'
LEDGERLIFT_TEST_S3_BUCKET='$S3_BUCKET'
LEDGERLIFT_TEST_S3_ACCESS_KEY='$S3_ACCESS_KEY'
LEDGERLIFT_TEST_S3_SECRET_KEY='$secret'
LEDGERLIFT_TEST_S3_REGION='$S3_REGION'
S3_ENDPOINT='$endpoint'
S3_BUCKET='$S3_BUCKET'
AWS_REGION='$S3_REGION'
AWS_ACCESS_KEY_ID='$S3_ACCESS_KEY'
AWS_SECRET_ACCESS_KEY='$secret'
USE_AWS='false'
ENV
}
