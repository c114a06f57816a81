-- The fingerprint of the data set that the release's model was trained on; of releases from before it is not known.
alter table deployment.releases add column dataset text;
