//! placeholder
pub(crate) fn is_header(_head: &[u8]) -> bool {
    false
}
pub(crate) fn list(
    _s: &super::file::Source,
    _n: &str,
    _l: &super::limits::Limits,
    _p: &crate::run::Progress,
) -> Result<super::listing::Listed, super::open::Halt> {
    Err(super::open::Halt::Cancelled)
}
pub(crate) fn list_gz(
    _s: &super::file::Source,
    _n: &str,
    _l: &super::limits::Limits,
    _p: &crate::run::Progress,
) -> Result<(super::listing::Listed, std::sync::Arc<[u8]>), super::open::Halt> {
    Err(super::open::Halt::Cancelled)
}
